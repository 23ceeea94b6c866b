//! A second member confirms that a case is reopened.

use kwanus_domain::{
    appeal::Reopens,
    audit::{EventKind, Subject},
    case::CaseRef,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    reopening,
};
use serde_json::json;

use super::{open::open, propose::hold};
use crate::{Caller, Error, Result, notice, retrying};

/// Confirms what another member proposed, in time: a case opens in the place of the declined one. Answers its reference.
pub async fn confirm(db: &Db, caller: &Caller, reference: CaseRef) -> Result<CaseRef> {
    caller.person()?.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let (case, row) = hold(&mut tx, caller, reference).await?;
        let person = caller.person()?.id();
        let now = tx.now();
        let may = Reopens::of(person, row.as_ref().map(|row| (row.proposed_by, row.lapses_at)), now);
        let row = match (may, row) {
            (Reopens::Confirms, Some(row)) => row,
            (Reopens::Waits, _) => {
                return Err(Error::Forbidden("A second member confirms: nobody reopens a case alone"));
            }
            _ => return Err(Error::Conflict(format!("Nobody proposes any more that {reference} is reopened"))),
        };
        let (id, opened) = open(&mut tx, &case).await?;
        reopening::confirm(&mut tx, &row, person, id).await?;
        let event = Event {
            kind: EventKind::CaseReopened,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string(), "opened": opened.to_string() }),
        };
        audit::append(&mut tx, event).await?;
        notice::tell_reopened(&mut tx, reference, id).await?;
        tx.commit().await?;
        Ok(opened)
    })
    .await
}
