//! A chair or an administrator adds what somebody else is to a partner.

use kwanus_domain::{account::PersonId, board::ConflictId};
use kwanus_store::{Db, account::person};

use super::conflict::{ConflictInput, declare, may_manage};
use crate::{Caller, Error, Result, retrying};

/// Adds what somebody is to a partner: administrators of anybody, chairs of the members of their board. Of a partner's user
/// there is nothing to add.
pub async fn add_conflict(db: &Db, caller: &Caller, whose: PersonId, input: &ConflictInput) -> Result<ConflictId> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let found = person::lookup(&mut tx, whose).await?.filter(|found| found.roles.partner().is_none());
        let whose = found.ok_or(Error::NotFound)?;
        if !may_manage(person, &whose.roles) {
            let who = "Only administrators, and the chairs of the boards that somebody sits on, add what they are to a partner";
            return Err(Error::Forbidden(who));
        }
        let id = declare(&mut tx, caller, &whose, input).await?;
        tx.commit().await?;
        Ok(id)
    })
    .await
}
