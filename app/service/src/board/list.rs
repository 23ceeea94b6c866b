//! Which boards there are and what they govern: public.

use kwanus_domain::board::BoardKey;
use kwanus_store::{Db, board};

use crate::Result;

/// A board, as anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Its key.
    pub key: BoardKey,
    /// Its name.
    pub name: String,
    /// What it governs (`PartnerIntegrationSpec` §11).
    pub mandate: String,
}

/// All boards, in their order.
pub async fn list(db: &Db) -> Result<Vec<Board>> {
    let rows = board::list(&mut db.read().await?).await?;
    Ok(rows.into_iter().map(|row| Board { key: row.key, name: row.name, mandate: row.mandate }).collect())
}
