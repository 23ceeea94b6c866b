//! From the secret in a cookie to the person who asks.

use kwanus_domain::{Count, account::PersonId};
use kwanus_store::{
    Db,
    account::{person, session},
    audit::Origin,
    notice, partner,
};

use super::{holder::token_hash, keep::touch};
use crate::{OwnPartner, Person, Result};

/// Whose a session is.
#[derive(Clone, Debug)]
pub enum Resumed {
    /// A person's, and live.
    Live(Box<Person>),
    /// A person's, and over: by time, by themselves elsewhere, or by a new password.
    Over(PersonId),
    /// Nobody's.
    Nobody,
}

/// Finds out whose session this is. A person who was disabled is out at once.
///
/// Only what a person does counts as use: what an open page asks for by itself keeps no session alive.
pub async fn resume(db: &Db, secret: i128, origin: Origin, is_use: bool) -> Result<Resumed> {
    let mut tx = db.read().await?;
    let now = tx.now();
    let hash = token_hash(secret);
    let Some(row) = session::lookup(&mut tx, &hash).await? else { return Ok(Resumed::Nobody) };
    let Some(id) = row.person_id.map(PersonId::from) else { return Ok(Resumed::Nobody) };
    let Some(stored) = person::lookup(&mut tx, id).await?.filter(|person| person.disabled_at.is_none()) else {
        return Ok(Resumed::Nobody);
    };
    if !row.is_live(now) {
        return Ok(Resumed::Over(id));
    }
    let partner = match stored.roles.partner() {
        Some(partner) => partner::lookup(&mut tx, partner).await?,
        None => None,
    };
    let partner = partner.map(|row| OwnPartner { id: row.id, slug: row.slug, name: row.name });
    let unread = Count::of(notice::count_unread(&mut tx, id, Count::LIMIT).await?);
    drop(tx);
    if is_use {
        touch(db, &hash, row.seen_at, now).await?;
    }
    Ok(Resumed::Live(Box::new(Person::new(stored, (partner, unread), row.id, origin, now))))
}
