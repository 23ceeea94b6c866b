//! A chair says when the boards look at a decision again.

use kwanus_domain::{
    Violation,
    appeal::parse_revisit,
    audit::{EventKind, Subject},
    ballot::Reason,
    case::CaseRef,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    case, revisit,
};
use serde_json::json;

use super::lookup::may_set;
use crate::{Caller, Error, Result, case::Facts, retrying};

/// Sets the day on which the boards look at a decision again, or takes it off where none is typed; with a reason either way.
pub async fn set(db: &Db, caller: &Caller, reference: CaseRef, day: &str, reason: &str) -> Result<()> {
    caller.person()?.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        let decision = case::lookup_decision(&mut tx, case.id).await?.ok_or(Error::NotFound)?;
        if !may_set(&mut tx, caller.person()?, &case, &Facts::read(&decision)?).await? {
            return Err(Error::Forbidden("A chair of a board that decided says when it is looked at again"));
        }
        let before = revisit::lookup(&mut tx, case.id).await?.map(|row| row.on_date);
        let today = tx.now().date_naive();
        let day = parse_revisit(day, today).and_then(|day| match (day, before) {
            (None, None) => Err(Violation::new("day", "missing", "Choose a day, such as 2027-03-31")),
            (day, _) => Ok(day),
        });
        let (day, reason) = match (day, Reason::parse(reason)) {
            (Ok(day), Ok(reason)) => (day, reason),
            (day, reason) => return Err(Error::Invalid(day.err().into_iter().chain(reason.err()).collect())),
        };
        match day {
            Some(day) => revisit::set(&mut tx, case.id, day, &reason, caller.person()?.id()).await?,
            None => revisit::clear(&mut tx, case.id).await?,
        }
        let event = Event {
            kind: EventKind::RevisitSet,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string(), "day": day, "before": before, "reason": reason }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
