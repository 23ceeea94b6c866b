//! Two years of the boards' work, told in one transaction by the very actions that people take, at a clock that is set from
//! day to day: the same every time, up to today.

mod board;
mod condition;
mod evidence;
mod meeting;
mod member;
mod partner;
mod request;
mod review;
mod suspension;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{ConditionAct, Stance},
    board::BoardKey,
    case::CaseId,
    integration::{IntegrationId, Stage},
    review::CampaignKey,
};
use kwanus_store::{Tx, ballot as stored_ballot, board as stored_board};

use self::request::Turn;
use super::{clock::StoryClock, world::INTEGRATIONS};
use crate::{
    Result,
    ballot::{escalate, look_at},
};

/// How many days before today the story begins.
pub(super) const DAYS: i64 = 740;
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
    /// A chair suspends something at once.
    Stop,
    /// Its partner proposes that its suspension is lifted.
    Lift(IntegrationId),
    /// Reviews that are still open shortly before their date.
    Remind(CampaignKey),
    /// A board asks of a partner, or something comes of that, in one of the threads that are planned.
    Talk(CaseId, usize, Turn),
    /// What was written down for its day and changes nothing that chance brings about.
    Errand(Errand),
}

/// Something that is done on its day, whatever else happens.
enum Errand {
    /// A partner shows that the condition of that number is met, or its owner accepts that.
    Step(CaseId, i64, ConditionAct),
    /// A chair plans a meeting of a board.
    PlanMeeting(usize),
    /// It is held, and minuted.
    HoldMeeting(usize),
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
}

impl<'a> Story<'a> {
    /// Tells the story in the transaction, whose clock is `clock`, up to `now`.
    pub(super) async fn tell(tx: &'a mut Tx, clock: &'a StoryClock, now: DateTime<Utc>) -> Result<()> {
        let mut boards: BTreeMap<BoardKey, Vec<PersonId>> = BTreeMap::new();
        let present = tx.now();
        for member in stored_board::roster(tx, present).await? {
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
        };
        for (n, planned) in INTEGRATIONS.iter().enumerate() {
            story.later(now - Duration::days(planned.age), Act::Register(n));
            story.later(now - Duration::days(planned.age - 4), Act::Submit(n));
            for (ago, stage) in planned.fate {
                story.later(now - Duration::days(*ago), Act::Propose(n, *stage));
            }
        }
        story.plan_stop(now);
        story.plan_meetings();
        let mut day = (now - Duration::days(DAYS)).date_naive();
        while day <= now.date_naive() {
            story.live(day).await?;
            day = day + Days::new(1);
        }
        story.attach_evidence().await?;
        story.defer_to_meetings().await?;
        story.settle_members().await?;
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
            let dice = self.clock.take_other_dice();
            for id in stored_ballot::list_to_escalate(self.tx, u8::MAX).await?.into_iter().collect::<BTreeSet<_>>() {
                escalate(self.tx, id).await?;
            }
            self.clock.put_back(dice);
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
            Act::Stop => self.stop().await,
            Act::Lift(id) => self.lift(id).await,
            Act::Remind(key) => self.remind(key).await,
            Act::Talk(case, n, turn) => self.talk(case, n, turn).await,
            Act::Errand(errand) => {
                let dice = self.clock.take_other_dice();
                let done = self.run(errand).await;
                self.clock.put_back(dice);
                done
            }
        }
    }

    async fn run(&mut self, errand: Errand) -> Result<()> {
        match errand {
            Errand::Step(case, number, act) => self.step(case, number, act).await,
            Errand::PlanMeeting(n) => self.plan_meeting(n).await,
            Errand::HoldMeeting(n) => self.hold_meeting(n).await,
        }
    }

    /// Writes an errand into the diary, after whatever else happens at that minute.
    fn at_last(&mut self, at: DateTime<Utc>, errand: Errand) {
        let place = usize::MAX / 2 + self.acts.len();
        self.acts.insert((at, place), Act::Errand(errand));
    }
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        ballot::Outcome,
        case::{CaseKind, CaseState},
        request::RequestState,
    };
    use kwanus_store::{
        case::{self, CaseFilter},
        record::RecordFilter,
        request as stored_request,
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
                    page.iter().map(|row| format!("{} {} {}", row.reference, row.state.as_str(), row.submitted_at)),
                );
                if page.len() < 100 {
                    break;
                }
            }
            let count = |what: &str| cases.iter().filter(|case| case.contains(what)).count();
            let counts = ["PJ", "LT", "QR", "AR", "EM", "open", "carried", "declined", "reviewed"]
                .map(|what| format!("{what} {}", count(what)));
            eprintln!("{} cases: {}", cases.len(), counts.join(", "));
            assert!((140..=220).contains(&cases.len()), "{} cases", cases.len());
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

    /// Cases of every kind are open, every outcome has come about, every stage is there, something is overdue, and something
    /// is asked.
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
        let filter = CaseFilter {
            kind: Some(CaseKind::PermissionJustification),
            state: Some(CaseState::Open),
            ..CaseFilter::default()
        };
        let mut asked = Vec::new();
        for row in case::list(tx, &filter, None, 100).await.unwrap() {
            asked.extend(stored_request::list_of_case(tx, row.id, 100).await.unwrap());
        }
        for state in [RequestState::Open, RequestState::Answered, RequestState::Resolved] {
            assert!(asked.iter().any(|request| request.state == state), "{}: nothing is {}", tx.now(), state.label());
        }
        let now = tx.now();
        assert!(asked.iter().all(|request| request.state != RequestState::Open || request.due_at > now), "{now}");
        let filter =
            CaseFilter { kind: Some(CaseKind::Suspension), state: Some(CaseState::Open), ..CaseFilter::default() };
        let suspensions = case::list(tx, &filter, None, 100).await.unwrap();
        assert!(suspensions.iter().any(|row| row.what() == "Emergency suspension"), "{now}: nothing was stopped");
        let stages = kwanus_store::overview::count_stages(tx).await.unwrap();
        for stage in Stage::ALL {
            assert!(stages.iter().any(|count| count.stage == *stage), "{}: nothing is in {}", tx.now(), stage.label());
        }
        assert_eq!(stages.iter().map(|count| count.count).sum::<i64>(), 40);
        for member in stored_board::roster(tx, now).await.unwrap() {
            let confirmed = stored_board::last_confirmed(tx, member.person_id).await.unwrap();
            assert!(confirmed.is_some(), "{now}: {} has declared nothing", member.name);
        }
        assert!(!stored_board::list_absent_at(tx, now.date_naive()).await.unwrap().is_empty(), "{now}: nobody is away");
        let open = kwanus_store::overview::count_open(tx).await.unwrap();
        assert!(open.iter().any(|board| board.overdue > 0), "{}: nothing is overdue", tx.now());
    }
}
