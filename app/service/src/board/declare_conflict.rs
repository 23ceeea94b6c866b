//! Somebody declares what they are to a partner.

use kwanus_domain::board::ConflictId;
use kwanus_store::{Db, account::person};

use super::conflict::{ConflictInput, declare};
use crate::{Caller, Error, Result, retrying};

/// Declares what the caller is to a partner. Whoever reads what the boards read may: who is no member may be a deputy.
pub async fn declare_conflict(db: &Db, caller: &Caller, input: &ConflictInput) -> Result<ConflictId> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let whose = person::lookup(&mut tx, person.id).await?.ok_or(Error::NotFound)?;
        let id = declare(&mut tx, caller, &whose, input).await?;
        tx.commit().await?;
        Ok(id)
    })
    .await
}
