//! One-time links to set a password, by the hash of their token.

use chrono::{DateTime, Utc};
use kwanus_domain::account::PersonId;
use uuid::Uuid;

use crate::{Result, Sql, Tx};

/// A link as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LinkRow {
    /// For whom.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was used up or made void.
    pub used_at: Option<DateTime<Utc>>,
}

/// Keeps a new link and makes the person's earlier ones void.
pub async fn insert(tx: &mut Tx, token_hash: &[u8], person: PersonId) -> Result<()> {
    let now = tx.now();
    void(tx, person).await?;
    tx.query("INSERT INTO password_link (token_hash, person_id, created_at) VALUES ($1, $2, $3)")
        .bind(token_hash.to_vec())
        .bind(person)
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

/// The link, locked so that two who open it at once cannot both use it.
pub async fn lookup_for_use(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<LinkRow>> {
    tx.query(Sql::pair(
        "SELECT person_id, created_at, used_at FROM password_link WHERE token_hash = $1",
        "SELECT person_id, created_at, used_at FROM password_link WHERE token_hash = $1 FOR UPDATE",
    ))
    .bind(token_hash.to_vec())
    .optional()
    .await
}

/// The link, to look at.
pub async fn lookup(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<LinkRow>> {
    tx.query("SELECT person_id, created_at, used_at FROM password_link WHERE token_hash = $1")
        .bind(token_hash.to_vec())
        .optional()
        .await
}

/// Makes every link of the person void.
pub async fn void(tx: &mut Tx, person: PersonId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE password_link SET used_at = $1 WHERE person_id = $2 AND used_at IS NULL")
        .bind(now)
        .bind(person)
        .execute()
        .await?;
    Ok(())
}
