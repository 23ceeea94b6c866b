//! What the boards do in the story.

use std::collections::BTreeSet;

use chrono::Duration;
use kwanus_domain::{
    account::PersonId,
    audit::Actor,
    ballot::{ConcernName, Condition, ConditionText, Outcome, Part, Reason, Stance},
    board::BoardKey,
    case::{CaseId, CaseKind, CaseState},
    request::Anchor,
    review::Rung,
};
use kwanus_store::{
    ballot as stored_ballot,
    case::{self, CaseRow},
    grant, integration,
};

use super::{
    super::{
        words::{self, APPROVALS, CONDITIONS, OBJECTIONS},
        world::INTEGRATIONS,
    },
    Act, ENOUGH, Story,
    request::ASKED_ABOUT,
};
use crate::{
    Error, Result,
    ballot::{Position, Speaker, Voice, load, record, settle},
};

/// A manner in which too few find the time.
const SLOW: usize = 95;
/// How long members read before they speak, in minutes.
const READING_MINUTES: [i64; 7] = [6, 11, 19, 34, 58, 95, 240];

impl Story<'_> {
    /// The boards that decide or advise on a case.
    pub(super) async fn asked(&mut self, case: CaseId) -> Result<Vec<BoardKey>> {
        let ballots = stored_ballot::list_of_case(self.tx, case).await?;
        Ok(ballots.into_iter().filter(|ballot| ballot.part != Part::Informed).map(|ballot| ballot.board_key).collect())
    }

    /// More than half of a board says the same within so many days.
    pub(super) fn agree(&mut self, case: CaseId, board: &BoardKey, stance: Stance, days: usize) {
        self.some(case, board, stance, ENOUGH, days);
    }

    /// So many members of a board say the same within so many days, each with words of their own or none.
    pub(super) fn some(&mut self, case: CaseId, board: &BoardKey, stance: Stance, count: usize, days: usize) {
        let members = self.boards[board].clone();
        let (first, pick) = (self.clock.throw(members.len()), self.clock.throw(60));
        for n in 0..count {
            // The first of some boards names a condition.
            let stance = match stance {
                Stance::Approve if n == 0 && pick % 7 == 3 => Stance::ApproveWithConditions,
                other => other,
            };
            let reason = match stance {
                Stance::ApproveWithConditions => CONDITIONS[pick % CONDITIONS.len()],
                Stance::Approve => APPROVALS[self.clock.throw(APPROVALS.len())],
                Stance::Object => OBJECTIONS[pick % OBJECTIONS.len()].1,
                Stance::Abstain | Stance::Recuse => "",
                Stance::Recommend(rung) => words::recommendation(rung, pick),
            };
            let member = members[(first + n) % members.len()];
            let days = 1 + self.clock.throw(days);
            self.after(days, Act::Say { case, board: board.clone(), member, stance, reason });
        }
    }

    /// How the boards go about what a partner wants.
    pub(super) async fn deliberate_permissions(&mut self, case: CaseId, n: usize) -> Result<()> {
        let boards = self.asked(case).await?;
        let hard = boards[self.clock.throw(boards.len())].clone();
        if INTEGRATIONS[n].slug == ASKED_ABOUT {
            self.discuss(case);
        }
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
                    let reason = OBJECTIONS[self.clock.throw(OBJECTIONS.len())].1;
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

    pub(super) async fn say(
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
        let ballots = load(self.tx, (&case).into()).await?;
        let Some(ballot) = ballots.iter().find(|ballot| ballot.board == *board) else { return Ok(()) };
        let Some(seat) = ballot.seat(member).filter(|seat| seat.may_vote()) else { return Ok(()) };
        if ballot.is_over(self.tx.now()) {
            return Ok(());
        }
        let granted = grant::list_current(self.tx, case.integration_id).await?;
        let today = self.tx.now().date_naive();
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
        let raised = match stance {
            Stance::Object => vec![(ConcernName::parse(words::concern(reason))?, Anchor::Whole)],
            _ => vec![],
        };
        let conditions = match stance {
            Stance::ApproveWithConditions => {
                let due_on = today + Duration::days(words::CONDITION_DAYS);
                vec![Condition { text: ConditionText::parse(reason)?, owner: member, due_on }]
            }
            _ => vec![],
        };
        let reason = if conditions.is_empty() { Reason::parse_optional(reason)? } else { None };
        let said = Position { stance, reason, permissions, held: BTreeSet::new(), raised, conditions };
        let place = ballot.seats.iter().position(|seat| seat.person == member).unwrap_or_default();
        self.read_before(&case, member, place).await?;
        let speaker = Speaker { person: member, voice: Voice::Own, origin: None };
        record(self.tx, &case, ballot, (seat, speaker), said).await?;
        if let Some(outcome) = settle(self.tx, &case, Actor::Person(member), None).await? {
            self.decided(id, outcome).await?;
        }
        Ok(())
    }

    /// Lets a member have opened a case some time before they speak of it.
    async fn read_before(&mut self, case: &CaseRow, member: PersonId, place: usize) -> Result<()> {
        let now = self.clock_now();
        let number = usize::try_from(case.reference.number).unwrap_or_default();
        let opened_at = now - Duration::minutes(READING_MINUTES[(number + place) % READING_MINUTES.len()]);
        self.clock.set(case.submitted_at.map_or(opened_at, |submitted_at| opened_at.max(submitted_at)));
        stored_ballot::open_reading(self.tx, case.id, member, case.revision).await?;
        self.clock.set(now);
        Ok(())
    }

    /// What follows from a decision.
    pub(super) async fn decided(&mut self, id: CaseId, outcome: Outcome) -> Result<()> {
        let case = case::lookup_by_id(self.tx, id).await?.ok_or(Error::NotFound)?;
        let number = self.planned(case.integration_id);
        match (case.reference.kind, outcome, number) {
            (CaseKind::PermissionJustification, Outcome::Carried, Some(n)) => {
                let grants = grant::list_current(self.tx, case.integration_id).await?;
                let ends_at = grants.iter().map(|grant| grant.ends_at).min().unwrap_or(self.now);
                let days = (ends_at - self.clock_now()).num_days() - 30;
                self.after(usize::try_from(days).unwrap_or(30), Act::Submit(n));
                self.plan_steps(&case).await?;
            }
            (CaseKind::PermissionJustification, Outcome::Declined, Some(n)) => self.after(18, Act::Submit(n)),
            (CaseKind::Suspension, Outcome::Carried, _) => self.after(19, Act::Lift(case.integration_id)),
            _ => {}
        }
        // A review may have opened a case of its own.
        let step = case::lookup_open_transition(self.tx, case.integration_id).await?;
        let suspension = case::list_open_suspensions(self.tx, case.integration_id).await?;
        for opened in step.into_iter().chain(suspension) {
            self.carry(&opened).await?;
        }
        Ok(())
    }

    /// The boards of a case agree within some days, if they have not begun.
    pub(super) async fn carry(&mut self, case: &CaseRow) -> Result<()> {
        if self.begun.insert(case.id) {
            for board in self.asked(case.id).await? {
                self.agree(case.id, &board, Stance::Approve, 8);
            }
        }
        Ok(())
    }
}
