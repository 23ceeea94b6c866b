//! A new link for somebody who lost their password.

use kwanus_domain::{
    Violation,
    account::Email,
    audit::{EventKind, Subject},
};
use kwanus_store::{
    Db,
    account::{person, session, token},
    audit::{self, Event},
};
use serde_json::json;

use super::Link;
use crate::{Caller, Error, Result, retrying};

/// Makes the person's password and tokens void, ends their sessions and answers a new link. Somebody who was disabled may come back by
/// it.
///
/// That is done only where `may_let_in` says so: who was barred a moment ago is not let in by a routine.
pub async fn reset_person(db: &Db, caller: &Caller, email: &str, may_let_in: bool) -> Result<Link> {
    caller.require_administrator()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let unknown = Violation::new("email", "unknown", "Nobody has this email address");
        let person = person::lookup_by_email(&mut tx, &Email::parse(email)?).await?.ok_or(unknown)?;
        let was_disabled = person.disabled_at.is_some();
        if was_disabled && !may_let_in {
            return Err(Error::Conflict(format!("{} was disabled meanwhile", person.name)));
        }
        if was_disabled {
            person::enable(&mut tx, person.id).await?;
        }
        if caller.is(person.id) {
            let own = Violation::new("email", "own", "Change your own password on your account page");
            return Err(own.into());
        }
        person::set_password_hash(&mut tx, person.id, None).await?;
        session::end_all(&mut tx, person.id, None).await?;
        let tokens = token::revoke_all(&mut tx, person.id).await?;
        let link = Link::make(&mut tx, person.id).await?;
        let event = Event {
            kind: EventKind::PersonReset,
            actor: caller.actor(),
            subject: Subject::Person(person.id),
            origin: caller.origin(),
            details: json!({ "was_disabled": was_disabled, "tokens_revoked": tokens }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(link)
    })
    .await
}
