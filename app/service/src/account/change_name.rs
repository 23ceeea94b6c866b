//! What one is called.

use kwanus_domain::{
    account::PersonName,
    audit::{EventKind, Subject},
};
use kwanus_store::{
    Db,
    account::person,
    audit::{self, Event},
};
use serde_json::json;

use crate::{Caller, Error, Result, retrying};

/// Renames the caller, who saw themselves at `revision`.
pub async fn change_name(db: &Db, caller: &Caller, name: &str, revision: i64) -> Result<()> {
    let person = caller.person()?;
    let name = PersonName::parse(name)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        if !person::rename(&mut tx, person.id, &name, revision).await? {
            let now = person::lookup(&mut tx, person.id).await?.ok_or(Error::NotFound)?;
            return Err(Error::Conflict(format!("Your name was changed to “{}” while you were writing", now.name)));
        }
        let event = Event {
            kind: EventKind::PersonRenamed,
            actor: person.actor(),
            subject: Subject::Person(person.id),
            origin: Some(&person.origin),
            details: json!({ "from": person.name, "to": name }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
