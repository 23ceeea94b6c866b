//! Marking notices as read: a note to oneself, not an act, so nothing is logged.

use kwanus_domain::notice::NoticeId;
use kwanus_store::{Db, notice};

use crate::{Caller, Error, Result, retrying};

/// Marks a notice of the caller's as read. Another's is not there.
pub async fn mark_read(db: &Db, caller: &Caller, id: NoticeId) -> Result<()> {
    let person = caller.person()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        if !notice::mark_read(&mut tx, person.id(), id).await? {
            return Err(Error::NotFound);
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Marks all notices of the caller's as read up to that one, the newest that they saw.
pub async fn mark_all_read(db: &Db, caller: &Caller, until: NoticeId) -> Result<()> {
    let person = caller.person()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        notice::mark_all_read(&mut tx, person.id(), until).await?;
        Ok(tx.commit().await?)
    })
    .await
}
