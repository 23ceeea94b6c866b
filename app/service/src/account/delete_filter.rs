//! Forgetting a filter.

use kwanus_domain::account::FilterName;
use kwanus_store::{Db, account::filter};

use crate::{Caller, Error, Result, ballot::member, retrying};

/// Forgets a filter of the caller's.
pub async fn delete_filter(db: &Db, caller: &Caller, name: &str) -> Result<FilterName> {
    let person = member(caller)?;
    let name = FilterName::parse(name).map_err(|_| Error::NotFound)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        if !filter::delete(&mut tx, person.id, &name).await? {
            return Err(Error::NotFound);
        }
        tx.commit().await?;
        Ok(name.clone())
    })
    .await
}
