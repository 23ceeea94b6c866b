//! A member says what is new about a declined case.

use kwanus_domain::{
    appeal::Reopens,
    audit::{EventKind, Subject},
    ballot::Reason,
    case::CaseRef,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    case::{self, CaseRow},
    grant, reopening,
    reopening::ReopeningRow,
};
use serde_json::json;

use super::{
    lookup::{can_be, standing},
    open::obstacle,
};
use crate::{Caller, Error, Result, case::Facts, retrying};

/// Proposes to reopen a declined case, with what is new. It takes effect once a second member confirms it.
pub async fn propose(db: &Db, caller: &Caller, reference: CaseRef, reason: &str) -> Result<()> {
    caller.person()?.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let (case, before) = hold(&mut tx, caller, reference).await?;
        let person = caller.person()?.id();
        let now = tx.now();
        if Reopens::of(person, before.map(|row| (row.proposed_by, row.lapses_at)), now) != Reopens::Proposes {
            return Err(Error::Conflict(format!("It is proposed already that {reference} is reopened")));
        }
        let reason = Reason::parse(reason)?;
        reopening::insert(&mut tx, case.id, person, &reason).await?;
        let event = Event {
            kind: EventKind::ReopeningProposed,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string(), "reason": reason }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// The case, held, with what was proposed of it last, for a member of a board that decided it.
pub(super) async fn hold(tx: &mut Tx, caller: &Caller, reference: CaseRef) -> Result<(CaseRow, Option<ReopeningRow>)> {
    let case = case::lookup_for_update(tx, reference).await?.ok_or(Error::NotFound)?;
    let decision = case::lookup_decision(tx, case.id).await?.filter(|_| can_be(&case)).ok_or(Error::NotFound)?;
    if standing(tx, caller.person()?, &case, &Facts::read(&decision)?).await?.is_none() {
        return Err(Error::Forbidden(
            "Only members of the boards that decided reopen a case, and nobody who took no part in it",
        ));
    }
    grant::lock(tx, case.integration_id).await?;
    let row = reopening::lookup_newest(tx, case.id).await?;
    if row.as_ref().is_some_and(|row| row.opened().is_some()) {
        return Err(Error::Conflict(format!("{reference} was reopened meanwhile")));
    }
    if let Some(obstacle) = obstacle(tx, &case).await? {
        return Err(Error::Conflict(obstacle));
    }
    Ok((case, row))
}
