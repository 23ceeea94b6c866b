//! Barring somebody.

use kwanus_domain::{
    Violation,
    account::Email,
    audit::{EventKind, Subject},
};
use kwanus_store::{
    Db, Tx,
    account::{link, person, session, token},
    audit::{self, Event},
    ballot,
};
use serde_json::json;

use crate::{Caller, Result, retrying};

/// Bars a person from signing in. Their sessions, links and tokens end now, and stay ended should they be let in again.
pub async fn disable_person(db: &Db, caller: &Caller, email: &str) -> Result<()> {
    caller.require_administrator()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let person = find(&mut tx, email).await?;
        if caller.is(person.id) {
            let own = Violation::new("email", "own", "You cannot disable yourself; another administrator can");
            return Err(own.into());
        }
        person::disable(&mut tx, person.id).await?;
        session::end_all(&mut tx, person.id, None).await?;
        link::void(&mut tx, person.id).await?;
        let tokens = token::revoke_all(&mut tx, person.id).await?;
        for seat in person.roles.seats() {
            ballot::look_again(&mut tx, &seat.board).await?;
        }
        let event = Event {
            kind: EventKind::PersonDisabled,
            actor: caller.actor(),
            subject: Subject::Person(person.id),
            origin: caller.origin(),
            details: json!({ "tokens_revoked": tokens }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// The enabled person with that address.
async fn find(tx: &mut Tx, email: &str) -> Result<person::Person> {
    let person = person::lookup_by_email(tx, &Email::parse(email)?).await?;
    let unknown = Violation::new("email", "unknown", "Nobody who can sign in has this email address");
    Ok(person.filter(|person| person.disabled_at.is_none()).ok_or(unknown)?)
}
