//! Proving who one is, by e-mail address and password.

use kwanus_domain::{
    Violation,
    account::{Email, PersonId},
    audit::{Actor, EventKind, Subject},
};
use kwanus_store::{
    Db,
    account::person,
    audit::{self, Event, Origin},
};
use serde_json::json;

use super::{Hasher, throttle::Throttle};
use crate::{Error, Result, retrying};

/// What somebody typed.
#[derive(Clone)]
pub struct SignIn {
    /// The address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: String,
}

/// Answers who it is. The event is committed before the door makes a session of it.
///
/// Unknown address, wrong password, no password set and disabled are one answer, after one and the same work.
pub async fn sign_in(db: &Db, hasher: &Hasher, input: SignIn, origin: &Origin) -> Result<PersonId> {
    let email = Email::parse(&input.email);
    if input.password.is_empty() {
        let missing = Violation::new("password", "missing", "Enter your password");
        return Err(Error::Invalid(email.err().into_iter().chain([missing]).collect()));
    }
    let email = email?;
    let throttle = Throttle::new(email.as_str(), &origin.address);
    let person = retrying(|| async {
        let mut tx = db.write().await?;
        throttle.enter(&mut tx).await?;
        let person = person::lookup_by_email(&mut tx, &email).await?;
        tx.commit().await?;
        Ok(person)
    })
    .await?;
    let hash = person
        .as_ref()
        .filter(|person| person.disabled_at.is_none())
        .and_then(|person| person.password_hash.as_deref());
    let is_right = hasher.is_right(&input.password, hash).await?;
    match (&person, hash) {
        (Some(person), Some(hash)) if is_right => {
            let rehash = match hasher.is_outdated(hash) {
                true => Some(hasher.hash(&input.password, db.read().await?.random()).await?),
                false => None,
            };
            succeed(db, person.id, hash, rehash.as_deref(), &throttle, origin).await?;
            Ok(person.id)
        }
        _ => {
            fail(db, person.map(|person| person.id), origin).await?;
            Err(wrong().into())
        }
    }
}

fn wrong() -> Violation {
    Violation::new("email", "wrong", "The email address or the password is not right")
}

async fn succeed(
    db: &Db,
    id: PersonId,
    hash: &str,
    rehash: Option<&str>,
    throttle: &Throttle,
    origin: &Origin,
) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        // While we hashed, somebody may have disabled the person or reset the password.
        let person = person::lookup(&mut tx, id).await?;
        if !person.is_some_and(|person| person.disabled_at.is_none() && person.password_hash.as_deref() == Some(hash)) {
            return Err(wrong().into());
        }
        if let Some(rehash) = rehash {
            person::set_password_hash(&mut tx, id, Some(rehash)).await?;
        }
        throttle.succeed(&mut tx).await?;
        log(&mut tx, EventKind::SignedIn, Actor::Person(id), Some(id), origin).await?;
        Ok(tx.commit().await?)
    })
    .await
}

async fn fail(db: &Db, id: Option<PersonId>, origin: &Origin) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        // An unknown address is not written down: people type their password there.
        log(&mut tx, EventKind::SignInFailed, Actor::Anonymous, id, origin).await?;
        Ok(tx.commit().await?)
    })
    .await
}

async fn log(
    tx: &mut kwanus_store::Tx,
    kind: EventKind,
    actor: Actor,
    id: Option<PersonId>,
    origin: &Origin,
) -> Result<()> {
    let subject = id.map_or(Subject::None, Subject::Person);
    audit::append(tx, Event { kind, actor, subject, origin: Some(origin), details: json!({}) }).await?;
    Ok(())
}
