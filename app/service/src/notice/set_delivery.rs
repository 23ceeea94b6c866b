//! How one wants to be told.

use kwanus_domain::notice::Delivery;
use kwanus_store::{Db, account::person, notice};

use crate::{Caller, Result, retrying};

/// Keeps how the caller wants to be told, also of what is still to be sent. A taste, not an act: nothing is logged.
pub async fn set_delivery(db: &Db, caller: &Caller, delivery: &str) -> Result<()> {
    let person = caller.person()?;
    let delivery = Delivery::parse(delivery)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        // Whoever writes their e-mails waits for this.
        person::lookup_for_update(&mut tx, person.id()).await?;
        notice::set_delivery(&mut tx, person.id(), delivery).await?;
        Ok(tx.commit().await?)
    })
    .await
}
