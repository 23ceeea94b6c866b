//! Proving who one is, by e-mail address and password.

use chrono::{DateTime, Utc};
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

use super::{
    Hasher,
    throttle::{Entry, Throttle},
};
use crate::{Error, Result, retrying};

/// What somebody typed.
#[derive(Clone)]
pub struct SignIn {
    /// The address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: String,
}

/// Who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub person: PersonId,
    /// Of when their password is: a session begins only while it still is.
    pub credentials_at: DateTime<Utc>,
}

/// Answers who it is. The event is committed before the door makes a session of it.
///
/// Unknown address, wrong password, no password set and disabled are one answer, after one and the same work.
pub async fn sign_in(db: &Db, hasher: &Hasher, input: SignIn, origin: &Origin) -> Result<SignedIn> {
    let email = Email::parse(&input.email);
    // What cannot be right counts as well: else it could be sent without end, each time to be remembered.
    let throttle = Throttle::new(email.as_ref().map_or("", Email::as_str), &origin.address);
    let person = retrying(|| async {
        let mut tx = db.write().await?;
        let entry = throttle.enter(&mut tx).await?;
        let person = match &email {
            Ok(email) => person::lookup_by_email(&mut tx, email).await?,
            Err(_) => None,
        };
        if let Entry::Refused { wait, is_first } = entry {
            if is_first {
                let id = person.map(|person| person.id);
                let details = json!({ "wait_seconds": wait.num_seconds() });
                log(&mut tx, EventKind::AttemptRefused, Actor::Anonymous, id, origin, details).await?;
                tx.commit().await?;
            }
            return Err(Error::Wait(wait));
        }
        tx.commit().await?;
        Ok(person)
    })
    .await?;
    let missing = input.password.is_empty().then(|| Violation::new("password", "missing", "Enter your password"));
    let violations: Vec<_> = email.err().into_iter().chain(missing).collect();
    if !violations.is_empty() {
        return Err(Error::Invalid(violations));
    }
    let hash = person
        .as_ref()
        .filter(|person| person.disabled_at.is_none())
        .and_then(|person| person.password_hash.as_deref());
    let is_right = hasher.is_right(&input.password, hash).await?;
    match (&person, hash) {
        (Some(person), Some(hash)) if is_right => {
            let rehash = if hasher.is_outdated(hash) {
                Some(hasher.hash(&input.password, db.read().await?.random()).await?)
            } else {
                None
            };
            succeed(db, person.id, hash, rehash.as_deref(), &throttle, origin).await
        }
        _ => {
            fail(db, person.map(|person| person.id), &throttle, origin).await?;
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
) -> Result<SignedIn> {
    retrying(|| async {
        let mut tx = db.write().await?;
        // While we hashed, somebody may have disabled the person or reset the password.
        let person = person::lookup_for_update(&mut tx, id).await?.ok_or_else(wrong)?;
        if person.disabled_at.is_some() || person.password_hash.as_deref() != Some(hash) {
            return Err(wrong().into());
        }
        if let Some(rehash) = rehash {
            person::replace_password_hash(&mut tx, id, hash, rehash).await?;
        }
        throttle.succeed(&mut tx).await?;
        log(&mut tx, EventKind::SignedIn, Actor::Person(id), Some(id), origin, json!({})).await?;
        tx.commit().await?;
        Ok(SignedIn { person: id, credentials_at: person.credentials_at })
    })
    .await
}

async fn fail(db: &Db, id: Option<PersonId>, throttle: &Throttle, origin: &Origin) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        // An unknown address is not written down: people type their password there.
        let details = json!({ "wait_seconds": throttle.wait(&mut tx).await?.num_seconds() });
        log(&mut tx, EventKind::SignInFailed, Actor::Anonymous, id, origin, details).await?;
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
    details: serde_json::Value,
) -> Result<()> {
    let subject = id.map_or(Subject::None, Subject::Person);
    audit::append(tx, Event { kind, actor, subject, origin: Some(origin), details }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kwanus_domain::account::{PersonName, Roles};
    use kwanus_store::testing::on_both_databases;

    use super::*;
    use crate::account::Cost;

    #[tokio::test]
    async fn a_hash_made_at_a_lower_cost_is_made_anew_as_its_owner_signs_in() {
        on_both_databases(async |db| {
            let (cheap, dear) = (Cost { memory_kib: 64, passes: 1 }, Cost { memory_kib: 128, passes: 2 });
            let (cheap, dear) = (Hasher::new(cheap).unwrap(), Hasher::new(dear).unwrap());
            let email = Email::parse("ada@kwanus.example").unwrap();
            let hash = cheap.hash("plum orchard teapot", [3; 16]).await.unwrap();
            let mut tx = db.write().await.unwrap();
            let id =
                person::insert(&mut tx, &email, &PersonName::parse("Ada").unwrap(), &Roles::default()).await.unwrap();
            person::set_password_hash(&mut tx, id, Some(&hash)).await.unwrap();
            tx.commit().await.unwrap();
            let input = SignIn { email: email.to_string(), password: "plum orchard teapot".into() };
            assert_eq!(sign_in(&db, &dear, input.clone(), &Origin::default()).await.unwrap().person, id);
            let rehashed =
                person::lookup(&mut db.read().await.unwrap(), id).await.unwrap().unwrap().password_hash.unwrap();
            assert!(rehashed.contains("m=128,t=2"), "{rehashed}");
            assert_eq!(sign_in(&db, &dear, input, &Origin::default()).await.unwrap().person, id, "and still opens");
        })
        .await;
    }
}
