//! A member is back early, or does not go.

use kwanus_domain::{
    audit::{EventKind, Subject},
    board::LeaveId,
};
use kwanus_store::{
    Db,
    account::person,
    audit::{self, Event},
    board,
};
use serde_json::json;

use super::conflict::look_again;
use crate::{Caller, Error, Result, retrying};

/// Ends a leave of the caller as of today.
pub async fn end_leave(db: &Db, caller: &Caller, id: LeaveId) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let whose = person::lookup_for_update(&mut tx, person.id).await?.ok_or(Error::NotFound)?;
        if !board::end_leave(&mut tx, id, person.id).await? {
            return Err(Error::NotFound);
        }
        let event = Event {
            kind: EventKind::LeaveEnded,
            actor: caller.actor(),
            subject: Subject::Person(person.id),
            origin: caller.origin(),
            details: json!({ "leave": id }),
        };
        audit::append(&mut tx, event).await?;
        look_again(&mut tx, &whose).await?;
        Ok(tx.commit().await?)
    })
    .await
}
