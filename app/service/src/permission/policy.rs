//! What KWANUS OS offers, to whom, and which boards decide: public, since partners must know it before they ask.

use kwanus_domain::{case::Route, permission::Catalogue};
use kwanus_store::{Db, case};

use crate::{Result, submission};

/// The rules as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What can be asked for.
    pub catalogue: Catalogue,
    /// Which boards a case goes to.
    pub routes: Vec<Route>,
}

/// The policy as it is now.
pub async fn policy(db: &Db) -> Result<Policy> {
    let mut tx = db.read().await?;
    Ok(Policy { catalogue: submission::catalogue(&mut tx).await?, routes: case::list_routes(&mut tx).await? })
}
