//! Leaving.

use kwanus_domain::audit::{EventKind, Subject};
use kwanus_store::{
    Db,
    account::session,
    audit::{self, Event},
};
use serde_json::json;

use crate::{Caller, Result, retrying};

/// Ends the caller's session.
pub async fn sign_out(db: &Db, caller: &Caller) -> Result<()> {
    let person = caller.person()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        session::end_one(&mut tx, person.id, person.session).await?;
        let event = Event {
            kind: EventKind::SignedOut,
            actor: person.actor(),
            subject: Subject::Person(person.id),
            origin: Some(&person.origin),
            details: json!({}),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
