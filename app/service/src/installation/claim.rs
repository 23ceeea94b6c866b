//! Saying what a database is for before anybody serves it.

use kwanus_store::{Db, installation};

use crate::{Caller, Result, retrying};

/// Makes a database that nobody has claimed yet one for real people.
pub async fn claim(db: &Db, caller: &Caller) -> Result<()> {
    caller.require_operator()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        installation::claim(&mut tx, false).await?;
        Ok(tx.commit().await?)
    })
    .await
}
