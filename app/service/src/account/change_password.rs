//! A new password for somebody who knows the old one.

use kwanus_domain::{
    Violation,
    account::NewPassword,
    audit::{EventKind, Subject},
};
use kwanus_store::{
    Db, Tx,
    account::{link, person, session, token},
    audit::{self, Event},
};
use serde_json::json;

use super::{
    Hasher,
    set_password::refuse_breached,
    throttle::{Entry, Throttle},
};
use crate::{Caller, Error, Person, Result, retrying};

/// Changes the caller's password and ends their other sessions.
pub async fn change_password(db: &Db, hasher: &Hasher, caller: &Caller, current: &str, new: &str) -> Result<()> {
    let person = caller.person()?;
    let password = NewPassword::parse(new, &person.email, &person.name).and_then(refuse_breached);
    if current.is_empty() {
        let missing = Violation::new("current", "missing", "Enter your current password");
        return Err(Error::Invalid([missing].into_iter().chain(password.err()).collect()));
    }
    let password = password?;
    // Whoever finds a browser signed in may not guess here without limit either.
    let throttle = Throttle::new(person.email.as_str(), &person.origin.address);
    let (hash, salt) = retrying(|| async {
        let mut tx = db.write().await?;
        if let Entry::Refused { wait, is_first } = throttle.enter(&mut tx).await? {
            if is_first {
                let details = json!({ "wait_seconds": wait.num_seconds() });
                log(&mut tx, EventKind::AttemptRefused, person, details).await?;
                tx.commit().await?;
            }
            return Err(Error::Wait(wait));
        }
        let stored = person::lookup(&mut tx, person.id).await?.ok_or(Error::NotFound)?;
        let salt = tx.random();
        tx.commit().await?;
        Ok((stored.password_hash, salt))
    })
    .await?;
    if !hasher.is_right(current, hash.as_deref()).await? {
        fail(db, person, &throttle).await?;
        return Err(Violation::new("current", "wrong", "Enter your current password; this is not it").into());
    }
    let new_hash = hasher.hash(password.expose(), salt).await?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let stored = person::lookup_for_update(&mut tx, person.id).await?.ok_or(Error::NotFound)?;
        if stored.password_hash != hash {
            return Err(Error::Conflict("Your password was changed elsewhere meanwhile".to_owned()));
        }
        throttle.succeed(&mut tx).await?;
        person::set_password_hash(&mut tx, person.id, Some(&new_hash)).await?;
        link::void(&mut tx, person.id).await?;
        let ended = session::end_all(&mut tx, person.id, Some(person.session)).await?;
        // Whoever knew the old one may have made a token with it.
        let tokens = token::revoke_all(&mut tx, person.id).await?;
        let details = json!({ "sessions_ended": ended, "tokens_revoked": tokens });
        log(&mut tx, EventKind::PasswordChanged, person, details).await?;
        Ok(tx.commit().await?)
    })
    .await
}

async fn fail(db: &Db, person: &Person, throttle: &Throttle) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let details = json!({ "wait_seconds": throttle.wait(&mut tx).await?.num_seconds() });
        log(&mut tx, EventKind::PasswordChangeFailed, person, details).await?;
        Ok(tx.commit().await?)
    })
    .await
}

async fn log(tx: &mut Tx, kind: EventKind, person: &Person, details: serde_json::Value) -> Result<()> {
    let event = Event {
        kind,
        actor: person.actor(),
        subject: Subject::Person(person.id),
        origin: Some(&person.origin),
        details,
    };
    audit::append(tx, event).await?;
    Ok(())
}
