//! Making a token void: it was lost, or its program is no more.

use kwanus_domain::{
    account::TokenId,
    audit::{EventKind, Subject},
};
use kwanus_store::{
    Db,
    account::token,
    audit::{self, Event},
};
use serde_json::json;

use crate::{Caller, Error, Result, retrying};

/// Makes one of the caller's tokens void, from the next request on.
pub async fn revoke_token(db: &Db, caller: &Caller, id: TokenId) -> Result<()> {
    let person = caller.person()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        if !token::revoke(&mut tx, person.id, id).await? {
            return Err(Error::NotFound);
        }
        let event = Event {
            kind: EventKind::TokenRevoked,
            actor: person.actor(),
            subject: Subject::Person(person.id),
            origin: Some(&person.origin),
            details: json!({ "token": id }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
