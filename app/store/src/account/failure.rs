//! Counts of failed attempts to sign in, by the hash of what they are counted for.

use chrono::{DateTime, Utc};
use kwanus_domain::account::{Failures, THROTTLE_MEMORY};

use crate::{Result, Tx};

/// How often this failed, and when last.
pub async fn lookup(tx: &mut Tx, key_hash: &[u8]) -> Result<Option<Failures>> {
    let row: Option<(i64, DateTime<Utc>)> = tx
        .query("SELECT count, last_at FROM sign_in_failure WHERE key_hash = $1")
        .bind(key_hash.to_vec())
        .optional()
        .await?;
    Ok(row.map(|(count, last_at)| Failures { count: u32::try_from(count).unwrap_or(u32::MAX), last_at }))
}

/// Holds this count to the end of the transaction, so that of attempts at once each sees the one before. Several counts
/// are held in one order everywhere, or two attempts wait for each other.
pub async fn lock(tx: &mut Tx, key_hash: &[u8]) -> Result<()> {
    let now = tx.now();
    tx.query(
        "INSERT INTO sign_in_failure (key_hash, count, last_at) VALUES ($1, 0, $2)
         ON CONFLICT (key_hash) DO UPDATE SET count = sign_in_failure.count",
    )
    .bind(key_hash.to_vec())
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Counts one more failure; a count that is forgotten begins anew.
pub async fn count(tx: &mut Tx, key_hash: &[u8]) -> Result<()> {
    let now = tx.now();
    tx.query(
        "INSERT INTO sign_in_failure (key_hash, count, last_at) VALUES ($1, 1, $2)
         ON CONFLICT (key_hash) DO UPDATE SET
            count = CASE WHEN sign_in_failure.last_at <= $3 THEN 1 ELSE sign_in_failure.count + 1 END,
            last_at = excluded.last_at",
    )
    .bind(key_hash.to_vec())
    .bind(now)
    .bind(now - THROTTLE_MEMORY)
    .execute()
    .await?;
    Ok(())
}

/// Takes one failure back that was counted before it was known to be none, and one more: successes show that an address
/// is shared, or an account in rightful use, and let them out of a long wait.
pub async fn uncount(tx: &mut Tx, key_hash: &[u8]) -> Result<()> {
    tx.query("UPDATE sign_in_failure SET count = CASE WHEN count > 2 THEN count - 2 ELSE 0 END WHERE key_hash = $1")
        .bind(key_hash.to_vec())
        .execute()
        .await?;
    Ok(())
}

/// Forgets this count, after a success.
pub async fn forget(tx: &mut Tx, key_hash: &[u8]) -> Result<()> {
    tx.query("DELETE FROM sign_in_failure WHERE key_hash = $1").bind(key_hash.to_vec()).execute().await?;
    Ok(())
}

/// Writes down that an attempt was refused; answers whether it is the first since the last that was counted.
pub async fn mark_refused(tx: &mut Tx, key_hash: &[u8]) -> Result<bool> {
    let now = tx.now();
    let changed = tx
        .query(
            "UPDATE sign_in_failure SET refused_at = $1
             WHERE key_hash = $2 AND (refused_at IS NULL OR refused_at < last_at)",
        )
        .bind(now)
        .bind(key_hash.to_vec())
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Deletes up to 1,000 of the counts that are forgotten anyway; answers how many.
pub async fn purge(tx: &mut Tx) -> Result<u64> {
    let limit = tx.now() - THROTTLE_MEMORY;
    tx.query(
        "DELETE FROM sign_in_failure WHERE key_hash IN (SELECT key_hash FROM sign_in_failure WHERE last_at <= $1 LIMIT 1000)",
    )
    .bind(limit)
    .execute()
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both_databases_with_clock;

    #[tokio::test]
    async fn failures_add_up_and_are_forgotten_in_time() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            count(&mut tx, b"key").await.unwrap();
            count(&mut tx, b"key").await.unwrap();
            assert_eq!(lookup(&mut tx, b"key").await.unwrap().unwrap().count, 2);
            assert_eq!(lookup(&mut tx, b"other").await.unwrap(), None);
            clock.advance(THROTTLE_MEMORY);
            count(&mut tx, b"key").await.unwrap();
            assert_eq!(lookup(&mut tx, b"key").await.unwrap().unwrap().count, 1);
            clock.advance(THROTTLE_MEMORY);
            assert_eq!(purge(&mut tx).await.unwrap(), 1);
        })
        .await;
    }
}
