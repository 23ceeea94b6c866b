//! Keys that do something by themselves.

use kwanus_store::{Db, account::person};

use crate::{Caller, Result, ballot::member, retrying};

/// Keeps whether keys alone do something for the caller. A taste, not an act: nothing is logged.
pub async fn set_shortcuts(db: &Db, caller: &Caller, has: bool) -> Result<()> {
    let person = member(caller)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        person::set_shortcuts(&mut tx, person.id, has).await?;
        Ok(tx.commit().await?)
    })
    .await
}
