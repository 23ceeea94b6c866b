//! What becomes of the conditions that bind: most are shown to be met in time, and some are not.

use chrono::{Duration, NaiveTime};
use kwanus_domain::{audit::Actor, ballot::ConditionAct, case::CaseId, request::Remark};
use kwanus_store::{
    ballot::{self as stored_ballot, ConditionStepData},
    case::{self, CaseRow},
};

use super::{super::world::INTEGRATIONS, Errand, Story};
use crate::{Error, Result, ballot::take_step};

/// How many days before its day a condition is shown to be met, and accepted as that.
const AHEAD: [(i64, ConditionAct); 2] = [(9, ConditionAct::Supply), (5, ConditionAct::Accept)];
/// One case of so many is behind with its conditions, of those that were due in the last days.
const BEHIND: i64 = 5;
const LAST_DAYS: i64 = 30;
/// What the partners say of them.
const SHOWN: &str =
    "It is done since last week: the report of our audit shows it, on page 4, with the figures of each day.";

impl Story<'_> {
    /// Writes down in the diary when each condition of a case is shown to be met.
    pub(super) async fn plan_steps(&mut self, case: &CaseRow) -> Result<()> {
        for row in stored_ballot::list_bindings(self.tx, case.id).await? {
            let due = row.binding().due_on;
            let is_recent = due > self.now.date_naive() - Duration::days(LAST_DAYS);
            if is_recent && case.reference.number % BEHIND == 1 {
                continue;
            }
            for (days, act) in AHEAD {
                let at = (due - Duration::days(days)).and_time(NaiveTime::MIN).and_utc() + Duration::hours(10);
                self.at_last(at.max(self.clock_now() + Duration::hours(1)), Errand::Step(case.id, row.number, act));
            }
        }
        Ok(())
    }

    pub(super) async fn step(&mut self, id: CaseId, number: i64, act: ConditionAct) -> Result<()> {
        let case = case::lookup_by_id(self.tx, id).await?.ok_or(Error::NotFound)?;
        let bindings = stored_ballot::list_bindings(self.tx, id).await?;
        let row = bindings.into_iter().find(|row| row.number == number).ok_or(Error::NotFound)?;
        let person = match act {
            ConditionAct::Supply => {
                let planned = self.planned(case.integration_id).ok_or(Error::NotFound)?;
                self.user(&INTEGRATIONS[planned]).await?
            }
            ConditionAct::Accept | ConditionAct::Return => row.owner_id,
        };
        let text = if act == ConditionAct::Supply { Some(Remark::parse(SHOWN)?) } else { None };
        let step = ConditionStepData { act, person, is_in_place: false, text, link: None };
        take_step(self.tx, (Actor::Person(person), None), (&case, &row), &step).await?;
        Ok(())
    }
}
