//! A member is away.

use kwanus_domain::{
    account::Standing,
    audit::{EventKind, Subject},
    board::{Days, parse_leave},
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

/// Keeps when the caller is away, from and until as typed; answers the days. Only members of boards are missed.
pub async fn take_leave(db: &Db, caller: &Caller, from: &str, until: &str) -> Result<Days> {
    let person = caller.person()?;
    person.require_desk()?;
    if !person.is(Standing::BoardMember) {
        return Err(Error::Forbidden("Only board members take leave"));
    }
    retrying(|| async {
        let mut tx = db.write().await?;
        // Held, so that two leaves taken at once do not overlap.
        let whose = person::lookup_for_update(&mut tx, person.id).await?.ok_or(Error::NotFound)?;
        let taken = board::list_leave_of_person(&mut tx, person.id).await?;
        let taken: Vec<_> = taken.iter().map(board::LeaveRow::days).collect();
        let days = parse_leave(from, until, &taken, tx.now().date_naive()).map_err(Error::Invalid)?;
        let id = board::insert_leave(&mut tx, person.id, days).await?;
        let event = Event {
            kind: EventKind::LeaveTaken,
            actor: caller.actor(),
            subject: Subject::Person(person.id),
            origin: caller.origin(),
            details: json!({ "leave": id, "from": days.from, "until": days.until }),
        };
        audit::append(&mut tx, event).await?;
        look_again(&mut tx, &whose).await?;
        tx.commit().await?;
        Ok(days)
    })
    .await
}
