//! Two years of the boards' work, told in one transaction by the very actions that people take, at a clock that is set from
//! day to day: the same every time, up to today.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};
use kwanus_domain::{
    account::{Email, PersonId},
    audit::{Actor, EventKind, Subject},
    ballot::{Outcome, Part, Reason, Stance},
    board::BoardKey,
    case::{CaseId, CaseKind, CaseState},
    declaration::{Answer, DeclaredPermission, Retention},
    integration::{IntegrationId, Stage},
    lifecycle::{Plan, Transition, Window},
    partner::Slug,
    permission::{FieldName, Kind, PermissionKey},
    review::{CampaignKey, Rung},
};
use kwanus_store::{
    Tx,
    account::person,
    audit::{self, Event},
    ballot::{self as stored_ballot, PositionData},
    board,
    case::{self, CaseFilter, CaseRow},
    declaration, grant, integration, partner,
    review::{self as stored_review, CampaignRow},
    suspension::SuspensionRow,
};
use serde_json::json;

use super::{
    add_integration,
    clock::StoryClock,
    log,
    words::{self, APPROVALS, OBJECTIONS},
    world::{INTEGRATIONS, Planned},
};
use crate::{
    Error, Result,
    ballot::{load, look_at, record, settle},
    lifecycle::{self, Proposer},
    review::open_next,
    submission::{Draft, catalogue, hand_over},
    suspension,
};

/// How many days before today the story begins.
pub(super) const DAYS: i64 = 740;
/// A round of reviews that closed no more than so many days ago still has some that are open: the next one opens sooner,
/// so that there are some on every day.
const FRESH_DAYS: i64 = 60;
/// So many days before today a round of the quarter opened in which the boards found more than in others: there is always
/// one such round.
const HARD_ROUND: std::ops::Range<i64> = 130..222;
/// What they found in it.
const HARD: [(&str, Rung); 4] = [
    ("claims-reader", Rung::Suspend),
    ("readiness-check", Rung::Reduce),
    ("matter-file", Rung::Reduce),
    ("offer-match", Rung::Maintenance),
];
/// A manner in which too few find the time.
const SLOW: usize = 95;
/// How many members of five make more than half.
const ENOUGH: usize = 3;

/// Something that somebody does on a day.
enum Act {
    /// An integration is registered.
    Register(usize),
    /// Its partner submits, or submits anew.
    Submit(usize),
    /// Its partner submits another revision of what is before the boards.
    Revise(CaseId, usize),
    /// A member says something.
    Say { case: CaseId, board: BoardKey, member: PersonId, stance: Stance, reason: &'static str },
    /// Somebody proposes a step.
    Propose(usize, Stage),
    /// Its partner proposes that its suspension is lifted.
    Lift(IntegrationId),
    /// Reviews that are still open shortly before their date.
    Remind(CampaignKey),
}

pub(super) struct Story<'a> {
    tx: &'a mut Tx,
    clock: &'a StoryClock,
    now: DateTime<Utc>,
    acts: BTreeMap<(DateTime<Utc>, usize), Act>,
    boards: BTreeMap<BoardKey, Vec<PersonId>>,
    integrations: BTreeMap<usize, IntegrationId>,
    submissions: BTreeMap<usize, usize>,
    /// The cases whose boards are at work.
    begun: BTreeSet<CaseId>,
    is_suspension_told: bool,
}

impl<'a> Story<'a> {
    /// Tells the story in the transaction, whose clock is `clock`, up to `now`.
    pub(super) async fn tell(tx: &'a mut Tx, clock: &'a StoryClock, now: DateTime<Utc>) -> Result<()> {
        let mut boards: BTreeMap<BoardKey, Vec<PersonId>> = BTreeMap::new();
        for member in board::roster(tx).await? {
            boards.entry(member.board_key).or_default().push(member.person_id);
        }
        let mut story = Self {
            tx,
            clock,
            now,
            acts: BTreeMap::new(),
            boards,
            integrations: BTreeMap::new(),
            submissions: BTreeMap::new(),
            begun: BTreeSet::new(),
            is_suspension_told: false,
        };
        for (n, planned) in INTEGRATIONS.iter().enumerate() {
            story.later(now - Duration::days(planned.age), Act::Register(n));
            story.later(now - Duration::days(planned.age - 4), Act::Submit(n));
            for (ago, stage) in planned.fate {
                story.later(now - Duration::days(*ago), Act::Propose(n, *stage));
            }
        }
        let mut day = (now - Duration::days(DAYS)).date_naive();
        while day <= now.date_naive() {
            story.live(day).await?;
            day = day + Days::new(1);
        }
        clock.set(now);
        Ok(())
    }

    /// Writes an act into the diary, in the office hours of that day.
    fn later(&mut self, at: DateTime<Utc>, act: Act) {
        let minutes = 8 * 60 + i64::try_from(self.clock.throw(8 * 60)).unwrap_or_default();
        let at = at.date_naive().and_time(NaiveTime::MIN).and_utc() + Duration::minutes(minutes);
        self.acts.insert((at, self.acts.len() + self.clock.throw(1 << 30)), act);
    }

    fn after(&mut self, days: usize, act: Act) {
        let at = self.clock_now() + Duration::days(i64::try_from(days).unwrap_or_default());
        self.later(at, act);
    }

    fn clock_now(&self) -> DateTime<Utc> {
        self.tx.now()
    }

    fn at(&mut self, day: NaiveDate, hour: u32, minute: u32) -> bool {
        let at = day.and_hms_opt(hour, minute, 0).unwrap_or_default().and_utc();
        let has_come = at <= self.now;
        if has_come {
            self.clock.set(at);
        }
        has_come
    }

    async fn live(&mut self, day: NaiveDate) -> Result<()> {
        if self.at(day, 0, 5) {
            self.open_reviews(day).await?;
        }
        let end = (day + Days::new(1)).and_time(NaiveTime::MIN).and_utc().min(self.now);
        while let Some(entry) = self.acts.first_entry().filter(|entry| entry.key().0 < end) {
            let ((at, _), act) = entry.remove_entry();
            self.clock.set(at);
            self.act(act).await?;
        }
        if self.at(day, 17, 1) {
            for id in stored_ballot::list_to_settle(self.tx, u8::MAX).await?.into_iter().collect::<BTreeSet<_>>() {
                if let Some(outcome) = look_at(self.tx, id).await? {
                    self.decided(id, outcome).await?;
                }
            }
        }
        Ok(())
    }

    async fn act(&mut self, act: Act) -> Result<()> {
        match act {
            Act::Register(n) => self.register(n).await,
            Act::Submit(n) => self.submit(n).await,
            Act::Revise(case, n) => self.revise(case, n).await,
            Act::Say { case, board, member, stance, reason } => self.say(case, &board, member, stance, reason).await,
            Act::Propose(n, to) => self.propose(n, to).await,
            Act::Lift(id) => self.lift(id).await,
            Act::Remind(key) => self.remind(key).await,
        }
    }

    async fn register(&mut self, n: usize) -> Result<()> {
        let planned = &INTEGRATIONS[n];
        let slug = Slug::parse(planned.partner)?;
        let partner = partner::lookup_by_slug(self.tx, &slug).await?.ok_or(Error::NotFound)?;
        let id = add_integration(self.tx, partner.id, planned).await?;
        self.integrations.insert(n, id);
        Ok(())
    }

    async fn user(&mut self, planned: &Planned) -> Result<PersonId> {
        let email = Email::parse(&format!("partner@{}.demo.example", planned.partner))?;
        Ok(person::lookup_by_email(self.tx, &email).await?.ok_or(Error::NotFound)?.id)
    }

    async fn submit(&mut self, n: usize) -> Result<()> {
        let (planned, id) = (&INTEGRATIONS[n], self.integrations[&n]);
        let row = integration::lookup(self.tx, id).await?.ok_or(Error::NotFound)?;
        let held: Vec<PermissionKey> =
            grant::list_current(self.tx, id).await?.into_iter().map(|grant| grant.key).collect();
        let is_kept = row.stage == Stage::Maintenance;
        let is_closed = matches!(row.stage, Stage::Deprecation | Stage::EndOfSupport) || (is_kept && held.is_empty());
        if is_closed || case::lookup_unfinished(self.tx, id).await?.is_some() {
            return Ok(());
        }
        let (case_id, reference) = case::insert(self.tx, CaseKind::PermissionJustification, id).await?;
        declaration::insert(self.tx, case_id, id).await?;
        let user = self.user(planned).await?;
        let event = Event {
            kind: EventKind::DraftStarted,
            actor: Actor::Person(user),
            subject: Subject::Case(case_id),
            origin: None,
            details: json!({ "reference": reference.to_string() }),
        };
        audit::append(self.tx, event).await?;
        let times = self.submissions.entry(n).or_default();
        *times += 1;
        let is_first = *times == 1;
        let keys: Vec<PermissionKey> = if is_kept {
            held
        } else {
            let more = if is_first { &[] } else { planned.more };
            planned.wants.iter().chain(more).map(|key| PermissionKey::parse(key)).collect::<Result<_, _>>()?
        };
        // The youngest are still being written.
        let is_draft = planned.age < 14;
        let retention = match self.clock.throw(3) {
            // In Maintenance nothing is kept longer than before.
            _ if is_kept => 12,
            0 if is_first => 72,
            _ => 24,
        };
        self.declare(case_id, planned, &keys, (row.stage, retention), is_draft).await?;
        if is_draft {
            return Ok(());
        }
        self.hand_over(case_id, user).await?;
        self.deliberate_permissions(case_id, n).await
    }

    /// Answers everything about these permissions in the newest draft of the case; of one that is still being written, only
    /// the first.
    async fn declare(
        &mut self,
        case: CaseId,
        planned: &Planned,
        keys: &[PermissionKey],
        (stage, retention): (Stage, u32),
        is_draft: bool,
    ) -> Result<()> {
        let catalogue = catalogue(self.tx).await?;
        let draft = declaration::lookup_newest(self.tx, case).await?.ok_or(Error::NotFound)?;
        let today = self.clock_now().date_naive();
        for (n, key) in keys.iter().enumerate() {
            let stored = declaration::add_permission(self.tx, draft.id, key).await?;
            if is_draft && n > 0 {
                continue;
            }
            let entry = catalogue.entry(key).ok_or(Error::NotFound)?;
            let is_open = |name: &FieldName| catalogue.class_of(name).is_some_and(|class| !class.is_forbidden);
            let fields = entry.fields.iter().map(|field| field.name.clone()).filter(|name| is_open(name));
            let (answers, reason) = words::answers(planned, key);
            let [purpose, narrower, consent, deletion, refused] = answers.map(|text| Answer::parse(&text));
            let needs_reason = key.kind() == Kind::Write || retention > 24 || stage == Stage::Maintenance;
            let is_long = key.kind() == Kind::Read && entry.tier == kwanus_domain::partner::Tier::One;
            let permission = DeclaredPermission {
                key: key.clone(),
                fields: fields.collect(),
                answers: [Some(purpose?), Some(narrower?), Some(consent?), Some(deletion?), Some(refused?)],
                retention: Some(Retention::hours(retention)),
                until: Some(today + Days::new(if is_long { 345 } else { 172 })),
                reason: if needs_reason { Some(Answer::parse(&reason)?) } else { None },
            };
            declaration::update_permission(self.tx, stored, &permission, 1).await?;
        }
        Ok(())
    }

    async fn hand_over(&mut self, id: CaseId, user: PersonId) -> Result<()> {
        let case = case::lookup_by_id(self.tx, id).await?.ok_or(Error::NotFound)?;
        let declaration = declaration::lookup_newest(self.tx, id).await?.ok_or(Error::NotFound)?;
        let integration = integration::lookup(self.tx, case.integration_id).await?.ok_or(Error::NotFound)?;
        let partner = partner::lookup(self.tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
        hand_over(self.tx, &Draft { case, declaration, integration, partner }, user, None).await
    }

    async fn revise(&mut self, id: CaseId, n: usize) -> Result<()> {
        let case = case::lookup_by_id(self.tx, id).await?.ok_or(Error::NotFound)?;
        if case.state != CaseState::Open {
            return Ok(());
        }
        let row = integration::lookup(self.tx, case.integration_id).await?.ok_or(Error::NotFound)?;
        let before = declaration::lookup_newest(self.tx, id).await?.ok_or(Error::NotFound)?;
        let keys = declaration::list_permissions(self.tx, before.id).await?;
        let keys: Vec<_> = keys.into_iter().map(|stored| stored.permission.key).collect();
        declaration::insert(self.tx, id, row.id).await?;
        let planned = &INTEGRATIONS[n];
        self.declare(id, planned, &keys, (row.stage, 12), false).await?;
        let user = self.user(planned).await?;
        self.hand_over(id, user).await?;
        for board in self.asked(id).await? {
            self.agree(id, &board, Stance::Approve, 7);
        }
        Ok(())
    }

    /// The boards that decide or advise on a case.
    async fn asked(&mut self, case: CaseId) -> Result<Vec<BoardKey>> {
        let ballots = stored_ballot::list_of_case(self.tx, case).await?;
        Ok(ballots.into_iter().filter(|ballot| ballot.part != Part::Informed).map(|ballot| ballot.board_key).collect())
    }

    /// More than half of a board says the same within so many days.
    fn agree(&mut self, case: CaseId, board: &BoardKey, stance: Stance, days: usize) {
        self.some(case, board, stance, ENOUGH, days);
    }

    /// So many members of a board say the same within so many days, each with words of their own or none.
    fn some(&mut self, case: CaseId, board: &BoardKey, stance: Stance, count: usize, days: usize) {
        let members = self.boards[board].clone();
        let (first, pick) = (self.clock.throw(members.len()), self.clock.throw(60));
        for n in 0..count {
            let reason = match stance {
                Stance::Approve => APPROVALS[self.clock.throw(APPROVALS.len())],
                Stance::Object => OBJECTIONS[pick % OBJECTIONS.len()],
                Stance::Abstain => "",
                Stance::Recommend(rung) => words::recommendation(rung, pick),
            };
            let member = members[(first + n) % members.len()];
            let days = 1 + self.clock.throw(days);
            self.after(days, Act::Say { case, board: board.clone(), member, stance, reason });
        }
    }

    /// How the boards go about what a partner wants.
    async fn deliberate_permissions(&mut self, case: CaseId, n: usize) -> Result<()> {
        let boards = self.asked(case).await?;
        let hard = boards[self.clock.throw(boards.len())].clone();
        // Those that came in sixteen or seventeen days ago are overdue today.
        let manner = if matches!(INTEGRATIONS[n].age, 20 | 21) { SLOW } else { self.clock.throw(100) };
        for board in &boards {
            let is_hard = *board == hard;
            match manner {
                // Too many abstain beside an objection for it to pass.
                65..75 if is_hard => {
                    self.some(case, board, Stance::Object, 1, 3);
                    self.some(case, board, Stance::Abstain, ENOUGH, 8);
                }
                // An objection that the partner answers by another revision.
                75..84 if is_hard => {
                    self.some(case, board, Stance::Object, 1, 2);
                    self.after(5, Act::Revise(case, n));
                }
                75..84 => self.some(case, board, Stance::Approve, 2, 3),
                // An objection that nobody withdraws.
                84..90 if is_hard => {
                    let members = self.boards[board].clone();
                    let reason = OBJECTIONS[self.clock.throw(OBJECTIONS.len())];
                    let stance = Stance::Object;
                    self.after(2, Act::Say { case, board: board.clone(), member: members[0], stance, reason });
                    for member in &members[1..=ENOUGH] {
                        let (stance, reason) = (Stance::Approve, "");
                        let days = 3 + self.clock.throw(6);
                        self.after(days, Act::Say { case, board: board.clone(), member: *member, stance, reason });
                    }
                }
                // Too few find the time.
                90..97 if is_hard => self.some(case, board, Stance::Approve, 2, 9),
                _ => self.agree(case, board, Stance::Approve, 10),
            }
        }
        Ok(())
    }

    async fn say(
        &mut self,
        id: CaseId,
        board: &BoardKey,
        member: PersonId,
        stance: Stance,
        reason: &str,
    ) -> Result<()> {
        let case = case::lookup_by_id(self.tx, id).await?.ok_or(Error::NotFound)?;
        if case.state != CaseState::Open {
            return Ok(());
        }
        let roster = board::roster(self.tx).await?;
        let ballots = load(self.tx, (&case).into(), &roster).await?;
        let Some(ballot) = ballots.iter().find(|ballot| ballot.board == *board) else { return Ok(()) };
        if !ballot.seat(member).is_some_and(crate::ballot::SeatPosition::may_vote) || ballot.is_over(self.tx.now()) {
            return Ok(());
        }
        let granted = grant::list_current(self.tx, case.integration_id).await?;
        let mut stance = stance;
        if let Stance::Recommend(rung) = stance {
            let row = integration::lookup(self.tx, case.integration_id).await?.ok_or(Error::NotFound)?;
            if !rung.is_offered(row.stage, granted.len(), row.suspended_at.is_some()) {
                stance = Stance::Recommend(Rung::Conditions);
            }
        }
        let permissions = match stance {
            Stance::Recommend(Rung::Reduce) => granted.last().map(|grant| grant.key.clone()).into_iter().collect(),
            _ => BTreeSet::new(),
        };
        let reason = Reason::parse_optional(reason)?;
        let data = PositionData { revision: case.revision, stance, reason, permissions };
        record(self.tx, &case, ballot, (member, None), &data).await?;
        if let Some(outcome) = settle(self.tx, &case, Actor::Person(member), None).await? {
            self.decided(id, outcome).await?;
        }
        Ok(())
    }

    /// What follows from a decision.
    async fn decided(&mut self, id: CaseId, outcome: Outcome) -> Result<()> {
        let case = case::lookup_by_id(self.tx, id).await?.ok_or(Error::NotFound)?;
        let number = self.planned(case.integration_id);
        match (case.reference().kind, outcome, number) {
            (CaseKind::PermissionJustification, Outcome::Carried, Some(n)) => {
                let grants = grant::list_current(self.tx, case.integration_id).await?;
                let ends_at = grants.iter().map(|grant| grant.ends_at).min().unwrap_or(self.now);
                let days = (ends_at - self.clock_now()).num_days() - 30;
                self.after(usize::try_from(days).unwrap_or(30), Act::Submit(n));
            }
            (CaseKind::PermissionJustification, Outcome::Declined, Some(n)) => self.after(18, Act::Submit(n)),
            (CaseKind::Suspension, Outcome::Carried, _) if !self.is_suspension_told => {
                self.is_suspension_told = true;
                self.after(19, Act::Lift(case.integration_id));
            }
            _ => {}
        }
        // A review may have opened a case of its own.
        let step = case::lookup_open_transition(self.tx, case.integration_id).await?;
        let suspension = case::lookup_open_suspension(self.tx, case.integration_id).await?;
        for opened in step.into_iter().chain(suspension) {
            self.carry(&opened).await?;
        }
        Ok(())
    }

    /// The boards of a case agree within some days, if they have not begun.
    async fn carry(&mut self, case: &CaseRow) -> Result<()> {
        if self.begun.insert(case.id) {
            for board in self.asked(case.id).await? {
                self.agree(case.id, &board, Stance::Approve, 8);
            }
        }
        Ok(())
    }

    async fn propose(&mut self, n: usize, to: Stage) -> Result<()> {
        let (planned, id) = (&INTEGRATIONS[n], self.integrations[&n]);
        let row = integration::lookup(self.tx, id).await?.ok_or(Error::NotFound)?;
        let Ok(step) = Transition::new(row.stage, to) else { return Ok(()) };
        let is_open = case::lookup_open_transition(self.tx, id).await?.is_some();
        if is_open || lifecycle::obstacle(self.tx, &row, step).await?.is_some() {
            return Ok(());
        }
        let user = self.user(planned).await?;
        let reason = Reason::parse(&words::step_reason(planned, to))?;
        let plan = if step.needs_plan() {
            let texts = words::plan(planned).map(|text| Answer::parse(&text).ok());
            let window = Window::months(6).map_err(kwanus_store::Error::Inconsistent)?;
            Plan::whole(texts, window)
        } else {
            None
        };
        let by = Proposer::Person(user, None);
        let reference = lifecycle::open_case(self.tx, &row, (step, &reason, plan.as_ref()), by).await?;
        let case = case::lookup(self.tx, reference).await?.ok_or(Error::NotFound)?;
        // Of single steps, one in four finds no majority.
        if planned.fate.len() == 1 && self.clock.throw(4) == 0 && self.begun.insert(case.id) {
            let boards = self.asked(case.id).await?;
            self.some(case.id, &boards[0], Stance::Object, ENOUGH, 9);
            return Ok(());
        }
        self.carry(&case).await
    }

    async fn lift(&mut self, id: IntegrationId) -> Result<()> {
        let row = integration::lookup(self.tx, id).await?.ok_or(Error::NotFound)?;
        if row.suspended_at.is_none() || case::lookup_open_suspension(self.tx, id).await?.is_some() {
            return Ok(());
        }
        let n = self.planned(id).ok_or(Error::NotFound)?;
        let user = self.user(&INTEGRATIONS[n]).await?;
        let reason = "The logs were cleaned and are checked each night, with the report attached to the next review; access to them is down to two people.";
        let suspension = SuspensionRow { is_lift: true, reason: Reason::parse(reason)? };
        let reference = suspension::open_case(self.tx, &row, &suspension, Proposer::Person(user, None)).await?;
        let case = case::lookup(self.tx, reference).await?.ok_or(Error::NotFound)?;
        self.carry(&case).await
    }

    async fn open_reviews(&mut self, day: NaiveDate) -> Result<()> {
        for key in CampaignKey::planned(day) {
            let dates = key.default_dates();
            if stored_review::insert_campaign(self.tx, key, dates).await? {
                let row = stored_review::lookup_campaign(self.tx, key).await?.ok_or(Error::NotFound)?;
                log(self.tx, EventKind::CampaignScheduled, Subject::Campaign(row.id)).await?;
            }
        }
        let due = stored_review::list_due(self.tx).await?;
        for campaign in due.into_iter().filter(|campaign| campaign.key.last_day() >= day) {
            while !open_next(self.tx, campaign.key).await?.1 {}
            let is_fresh = (self.now.date_naive() - campaign.dates().closes_on).num_days() < FRESH_DAYS;
            // One round in every year's story is worse than the others.
            let opened_ago = (self.now.date_naive() - campaign.dates().opens_on).num_days();
            let is_hard = campaign.key.quarter().is_some() && HARD_ROUND.contains(&opened_ago);
            for (case, integration) in self.open_cases(&campaign).await? {
                let slug = self.planned(integration).map_or("", |n| INTEGRATIONS[n].slug);
                let worst = HARD.into_iter().find(|(of, _)| is_hard && *of == slug).map(|(_, rung)| rung);
                self.review(case, worst, is_fresh).await?;
            }
            if !is_fresh {
                let at = campaign.dates().closes_on - Days::new(9);
                self.later(at.and_time(NaiveTime::MIN).and_utc(), Act::Remind(campaign.key));
            }
        }
        Ok(())
    }

    /// Which of the planned integrations it is.
    fn planned(&self, id: IntegrationId) -> Option<usize> {
        self.integrations.iter().find(|(_, other)| **other == id).map(|(n, _)| *n)
    }

    async fn open_cases(&mut self, campaign: &CampaignRow) -> Result<Vec<(CaseId, IntegrationId)>> {
        let filter = CaseFilter { campaign: Some(campaign.id), state: Some(CaseState::Open), ..CaseFilter::default() };
        let mut cases = Vec::new();
        for row in case::list(self.tx, &filter, None, u8::MAX).await? {
            let case = case::lookup_by_id(self.tx, row.id).await?.ok_or(Error::NotFound)?;
            cases.push((case.id, case.integration_id));
        }
        Ok(cases)
    }

    /// How the boards go about a review. Of a round that is fresh, some have not got to it.
    async fn review(&mut self, case: CaseId, worst: Option<Rung>, is_fresh: bool) -> Result<()> {
        let boards = self.asked(case).await?;
        let (hard, roll) = (self.clock.throw(boards.len()), self.clock.throw(100));
        let is_waiting = is_fresh && self.clock.throw(2) == 0;
        for (n, board) in boards.iter().enumerate() {
            let rung = match roll {
                _ if n != hard => Rung::Continue,
                _ if worst.is_some() => worst.unwrap_or(Rung::Continue),
                0..62 => Rung::Continue,
                62..84 => Rung::Conditions,
                84..96 => Rung::Reduce,
                _ => Rung::Maintenance,
            };
            let is_behind = is_waiting && (n == hard || self.clock.throw(2) == 0);
            let count = if is_behind { self.clock.throw(ENOUGH) } else { ENOUGH };
            self.some(case, board, Stance::Recommend(rung), count, 16);
        }
        Ok(())
    }

    async fn remind(&mut self, key: CampaignKey) -> Result<()> {
        let campaign = stored_review::lookup_campaign(self.tx, key).await?.ok_or(Error::NotFound)?;
        for (case, _) in self.open_cases(&campaign).await? {
            for board in self.asked(case).await? {
                self.agree(case, &board, Stance::Recommend(Rung::Continue), 6);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use kwanus_store::{
        record::RecordFilter,
        testing::{Fixed, Fresh, on_both_databases},
    };

    use super::{super::write_story, *};

    /// Every state that a case can be in, and every way in which one was decided.
    #[tokio::test]
    async fn the_story_shows_every_state_and_is_the_same_each_time() {
        let tellings = std::sync::Mutex::new(Vec::new());
        on_both_databases(async |db| {
            let began = std::time::Instant::now();
            write_story(&db, "hash").await.unwrap().commit().await.unwrap();
            eprintln!("told in {:?}", began.elapsed());
            let mut tx = db.read().await.unwrap();
            let mut cases = Vec::new();
            let mut before = None;
            loop {
                let page = case::list(&mut tx, &CaseFilter::default(), before, 100).await.unwrap();
                before = page.last().map(|row| (row.submitted_at, row.id));
                cases.extend(
                    page.iter().map(|row| format!("{} {} {}", row.reference(), row.state.as_str(), row.submitted_at)),
                );
                if page.len() < 100 {
                    break;
                }
            }
            let count = |what: &str| cases.iter().filter(|case| case.contains(what)).count();
            let counts = ["PJ", "LT", "QR", "AR", "EM", "open", "carried", "declined", "reviewed"]
                .map(|what| format!("{what} {}", count(what)));
            eprintln!("{} cases: {}", cases.len(), counts.join(", "));
            assert!((140..=200).contains(&cases.len()), "{} cases", cases.len());
            is_whole(&mut tx).await;
            tellings.lock().unwrap().push(cases);
        })
        .await;
        let tellings = tellings.into_inner().unwrap();
        assert_eq!(tellings[0], tellings[1]);
    }

    /// Just before a round of reviews opens, in the middle of one, and at the turn of the year; where the data is makes no
    /// difference, as the test above shows.
    #[tokio::test]
    async fn the_story_is_whole_on_whatever_day_it_is_told() {
        for day in ["2027-01-02T08:00:00Z", "2027-04-30T23:59:00Z", "2027-08-20T00:00:30Z"] {
            let fresh = Fresh::sqlite();
            let db = kwanus_store::Db::open(&fresh.url, Fixed::at(day)).await.unwrap();
            write_story(&db, "hash").await.unwrap().commit().await.unwrap();
            is_whole(&mut db.read().await.unwrap()).await;
            db.close().await;
        }
    }

    /// Cases of every kind are open, every outcome has come about, every stage is there, and something is overdue.
    async fn is_whole(tx: &mut Tx) {
        for outcome in Outcome::all() {
            let filter = RecordFilter { outcome: Some(outcome), ..RecordFilter::default() };
            let found = kwanus_store::record::list(tx, &filter, None, 1).await.unwrap();
            assert!(!found.is_empty(), "{}: nothing was {}", tx.now(), outcome.label());
        }
        for kind in [CaseKind::PermissionJustification, CaseKind::LifecycleTransition, CaseKind::QuarterlyReview] {
            let filter = CaseFilter { kind: Some(kind), state: Some(CaseState::Open), ..CaseFilter::default() };
            let found = case::list(tx, &filter, None, 1).await.unwrap();
            assert!(!found.is_empty(), "{}: no {} is open", tx.now(), kind.label());
        }
        let stages = kwanus_store::overview::count_stages(tx).await.unwrap();
        for stage in Stage::ALL {
            assert!(stages.iter().any(|count| count.stage == *stage), "{}: nothing is in {}", tx.now(), stage.label());
        }
        assert_eq!(stages.iter().map(|count| count.count).sum::<i64>(), 40);
        let open = kwanus_store::overview::count_open(tx).await.unwrap();
        assert!(open.iter().any(|board| board.overdue > 0), "{}: nothing is overdue", tx.now());
    }
}
