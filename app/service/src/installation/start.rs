//! Beginning to serve.

use kwanus_domain::audit::{Actor, EventKind, Subject};
use kwanus_store::{
    Db,
    account::person,
    audit::{self, Event},
    installation,
};
use serde_json::json;

use super::demo::{self, Demo};
use crate::{Caller, Error, Result, account::Hasher, retrying};

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// `--demo` on real data.
    #[error("this database was not created as a demo: start without --demo, or name another database")]
    NotADemo,
    /// No `--demo` on demo data: its passwords are public.
    #[error("this database is a demo, and its passwords are public: start with --demo, or name another database")]
    Demo,
    /// The first write failed.
    #[error(transparent)]
    Write(#[from] kwanus_store::Error),
    /// Something else failed.
    #[error(transparent)]
    Other(Error),
}

/// Claims the database for this kind of installation, seeds a new demo and logs the start: the first write, which shows
/// that the database can be written. Answers whether anybody is there to sign in.
pub async fn start(
    db: &Db,
    hasher: &Hasher,
    caller: &Caller,
    demo: Option<Demo>,
    version: &str,
) -> Result<bool, StartError> {
    caller.require_operator().map_err(StartError::Other)?;
    let is_demo = demo.is_some();
    let demo_hash =
        if is_demo { Some(demo::password_hash(db, hasher).await.map_err(StartError::Other)?) } else { None };
    if let (Some(hash), Some(Demo::Story)) = (&demo_hash, demo) {
        told(retrying(|| async { Ok(demo::write_story(db, hash).await?.commit().await?) }).await)?;
    }
    let outcome = retrying(|| async {
        let mut tx = db.write().await?;
        installation::lock(&mut tx).await?;
        let (was_demo, is_new) = installation::claim(&mut tx, is_demo).await?;
        if was_demo != is_demo {
            return Ok(Err(if was_demo { StartError::Demo } else { StartError::NotADemo }));
        }
        if let Some(hash) = demo_hash.as_deref().filter(|_| is_new) {
            demo::seed(&mut tx, hash).await?;
        }
        let event = Event {
            kind: EventKind::ServerStarted,
            actor: Actor::System,
            subject: Subject::None,
            origin: None,
            details: json!({ "version": version }),
        };
        audit::append(&mut tx, event).await?;
        let is_anybody_there = person::is_anybody_there(&mut tx).await?;
        tx.commit().await?;
        Ok(Ok(is_anybody_there))
    })
    .await;
    told(outcome)?
}

/// Tells what could not be written from what else went wrong.
fn told<T>(outcome: Result<T>) -> Result<T, StartError> {
    match outcome {
        Ok(value) => Ok(value),
        Err(Error::Internal(source)) => match source.downcast::<kwanus_store::Error>() {
            Ok(error) => Err(StartError::Write(*error)),
            Err(source) => Err(StartError::Other(Error::Internal(source))),
        },
        Err(other) => Err(StartError::Other(other)),
    }
}
