//! How many partners there are.

use kwanus_domain::Count;
use kwanus_store::{Db, partner};

use crate::{Caller, Result};

/// The number of partners, for whoever may see the register.
pub async fn count(db: &Db, caller: &Caller) -> Result<Count> {
    caller.person()?.require_desk()?;
    Ok(partner::count(&mut db.read().await?).await?)
}
