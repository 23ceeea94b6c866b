//! Ending one's own sessions elsewhere: a lost phone, a shared computer.

use kwanus_domain::{
    account::SessionId,
    audit::{EventKind, Subject},
};
use kwanus_store::{
    Db, Tx,
    account::session,
    audit::{self, Event},
};
use serde_json::json;

use crate::{Caller, Error, Person, Result, retrying};

/// Ends one of the caller's sessions.
pub async fn end_session(db: &Db, caller: &Caller, id: SessionId) -> Result<()> {
    let person = caller.person()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        if session::end_one(&mut tx, person.id, id).await? == 0 {
            return Err(Error::NotFound);
        }
        log(&mut tx, person, 1).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Ends every session of the caller but this one; answers how many.
pub async fn end_other_sessions(db: &Db, caller: &Caller) -> Result<u64> {
    let person = caller.person()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let ended = session::end_all(&mut tx, person.id, Some(person.session)).await?;
        if ended > 0 {
            log(&mut tx, person, ended).await?;
        }
        tx.commit().await?;
        Ok(ended)
    })
    .await
}

async fn log(tx: &mut Tx, person: &Person, count: u64) -> Result<()> {
    let event = Event {
        kind: EventKind::SessionsEnded,
        actor: person.actor(),
        subject: Subject::Person(person.id),
        origin: Some(&person.origin),
        details: json!({ "count": count }),
    };
    audit::append(tx, event).await?;
    Ok(())
}
