//! The first password, or one after a reset, through a one-time link.

use kwanus_domain::{
    Violation,
    account::{Email, LINK_LIFETIME, NewPassword},
    audit::{Actor, EventKind, Subject},
};
use kwanus_store::{
    Db, Tx,
    account::{link, person, session},
    audit::{self, Event, Origin},
};
use serde_json::json;

use super::{Hasher, breached::is_breached, link::token_hash};
use crate::{Error, Result, retrying};

/// For whom a good link is.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The address by which they will sign in.
    pub email: Email,
}

/// Whom the link is for. A link that was used, voided, is too old or never was is [`Error::NotFound`].
pub async fn lookup_invitation(db: &Db, token: &str) -> Result<Invitation> {
    let mut tx = db.read().await?;
    let row = link::lookup(&mut tx, &token_hash(token)).await?;
    let person = open(&mut tx, row).await?;
    Ok(Invitation { email: person.email })
}

/// Sets the password, uses the link up and ends whatever sessions there were.
pub async fn set_password(db: &Db, hasher: &Hasher, token: &str, new: &str, origin: &Origin) -> Result<()> {
    let token_hash = token_hash(token);
    let mut tx = db.read().await?;
    let row = link::lookup(&mut tx, &token_hash).await?;
    let person = open(&mut tx, row).await?;
    let salt = tx.random();
    drop(tx);
    let password = NewPassword::parse(new, &person.email, &person.name).and_then(refuse_breached)?;
    let hash = hasher.hash(password.expose(), salt).await?;
    retrying(|| async {
        let mut tx = db.write().await?;
        // First the person, as everywhere, then the link.
        person::lookup_for_update(&mut tx, person.id).await?;
        let row = link::lookup_for_use(&mut tx, &token_hash).await?;
        let person = open(&mut tx, row).await?;
        link::void(&mut tx, person.id).await?;
        person::set_password_hash(&mut tx, person.id, Some(&hash)).await?;
        session::end_all(&mut tx, person.id, None).await?;
        let event = Event {
            kind: EventKind::PasswordSet,
            actor: Actor::Person(person.id),
            subject: Subject::Person(person.id),
            origin: Some(origin),
            details: json!({}),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}

async fn open(tx: &mut Tx, row: Option<link::LinkRow>) -> Result<person::Person> {
    let now = tx.now();
    let row = row.filter(|row| row.used_at.is_none() && now < row.created_at + LINK_LIFETIME).ok_or(Error::NotFound)?;
    let person = person::lookup(tx, row.person_id).await?;
    person.filter(|person| person.disabled_at.is_none()).ok_or(Error::NotFound)
}

pub(super) fn refuse_breached(password: NewPassword) -> Result<NewPassword, Violation> {
    if is_breached(password.expose()) {
        return Err(Violation::new(
            "password",
            "breached",
            "Use another password: this one is on lists of stolen passwords",
        ));
    }
    Ok(password)
}
