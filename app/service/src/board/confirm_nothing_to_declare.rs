//! Somebody says that they have nothing else to declare, once a year, and when that is due.

use chrono::Duration;
use kwanus_domain::{
    account::Standing,
    audit::{EventKind, Subject},
    board::DECLARATION_DAYS,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    board,
};
use serde_json::json;

use crate::{Caller, Person, Result, retrying};

/// Keeps that the caller has nothing to declare, beyond what they have declared.
pub async fn confirm_nothing_to_declare(db: &Db, caller: &Caller) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        board::confirm(&mut tx, person.id).await?;
        let event = Event {
            kind: EventKind::ConflictsConfirmed,
            actor: caller.actor(),
            subject: Subject::Person(person.id),
            origin: caller.origin(),
            details: json!({ "declared": board::count_conflicts(&mut tx, person.id).await? }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Whether a member of a board is to declare what they are to partners: they never said that there is nothing else, or not
/// within a year. It locks nobody out.
pub async fn needs_declaration(db: &Db, caller: &Caller) -> Result<bool> {
    let person = caller.person()?;
    person.require_desk()?;
    is_declaration_due(&mut db.read().await?, person).await
}

/// The same, for what is read together with it.
pub(crate) async fn is_declaration_due(tx: &mut Tx, person: &Person) -> Result<bool> {
    if !person.is(Standing::BoardMember) {
        return Ok(false);
    }
    let last = board::last_confirmed(tx, person.id).await?;
    Ok(last.is_none_or(|at| tx.now() - at > Duration::days(DECLARATION_DAYS)))
}
