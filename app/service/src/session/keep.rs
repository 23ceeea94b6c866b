//! Keeping a session. The door that holds the cookie calls these; nobody else knows the secret.

use chrono::{DateTime, Duration, Utc};
use kwanus_domain::account::{IDLE_LIMIT, TOUCH_INTERVAL, is_session_live};
use kwanus_store::{
    Db,
    account::{failure, session},
};

use super::{holder, token_hash};
use crate::{Result, retrying};

/// How long a session that is over is still known, so that what its holder was typing reaches nobody else.
const AFTERLIFE: Duration = Duration::hours(12);

/// Keeps a new session.
pub async fn create(db: &Db, secret: i128, data: &serde_json::Value) -> Result<()> {
    let person = holder(data).map(|holder| holder.person);
    retrying(|| async {
        let mut tx = db.write().await?;
        session::insert(&mut tx, &token_hash(secret), person, data.clone()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Keeps what a session holds; one that was ended stays ended.
pub async fn save(db: &Db, secret: i128, data: &serde_json::Value) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        session::update(&mut tx, &token_hash(secret), data.clone()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// What a live session holds.
pub async fn load(db: &Db, secret: i128) -> Result<Option<serde_json::Value>> {
    let hash = token_hash(secret);
    let mut tx = db.read().await?;
    let now = tx.now();
    let row = session::lookup(&mut tx, &hash).await?;
    drop(tx);
    let Some(row) = row.filter(|row| is_session_live(row.created_at, row.seen_at, now)) else { return Ok(None) };
    Ok(Some(row.data.0))
}

/// Writes down that a session is used, once a minute at most: reading pages shall not mean writing to disk.
pub(super) async fn touch(db: &Db, hash: &[u8; 32], seen_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    if now < seen_at + TOUCH_INTERVAL {
        return Ok(());
    }
    retrying(|| async {
        let mut tx = db.write().await?;
        session::touch(&mut tx, hash).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Ends a session.
pub async fn delete(db: &Db, secret: i128) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        session::delete(&mut tx, &token_hash(secret)).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Deletes sessions long over and failures long forgotten.
pub async fn purge(db: &Db) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let limit = tx.now() - IDLE_LIMIT - AFTERLIFE;
        let sessions = session::purge(&mut tx, limit).await?;
        let failures = failure::purge(&mut tx).await?;
        tx.commit().await?;
        if sessions + failures > 0 {
            tracing::info!(sessions, failures, "purged");
        }
        Ok(())
    })
    .await
}
