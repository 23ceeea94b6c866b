//! What was answered to requests that their senders gave a name, so that sending one again does nothing again.

use chrono::Duration;
use kwanus_domain::account::{IdempotencyKey, TokenId};

use crate::{Result, Tx};

/// So long at least an answer is kept.
const MEMORY: Duration = Duration::hours(24);

/// An answer as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AnswerRow {
    /// The SHA-256 of what was sent.
    pub body_hash: Vec<u8>,
    /// The status of the answer.
    pub status: i64,
    /// The answer.
    pub answer: String,
}

/// What was answered to a token under that key.
pub async fn lookup(tx: &mut Tx, token: TokenId, key: &IdempotencyKey) -> Result<Option<AnswerRow>> {
    tx.query("SELECT body_hash, status, answer FROM idempotency WHERE token_id = $1 AND key = $2")
        .bind(token)
        .bind(key.clone())
        .optional()
        .await
}

/// How many of the answers that are kept for a token are refusals.
pub async fn count_refusals(tx: &mut Tx, token: TokenId) -> Result<i64> {
    // The condition is that of the index.
    let (count,): (i64,) =
        tx.query("SELECT COUNT(*) FROM idempotency WHERE token_id = $1 AND status >= 400").bind(token).one().await?;
    Ok(count)
}

/// Keeps what is answered to a token under that key.
pub async fn insert(tx: &mut Tx, token: TokenId, key: &IdempotencyKey, row: &AnswerRow) -> Result<()> {
    let now = tx.now();
    tx.query(
        "INSERT INTO idempotency (token_id, key, body_hash, status, answer, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(token)
    .bind(key.clone())
    .bind(row.body_hash.clone())
    .bind(row.status)
    .bind(&*row.answer)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Deletes up to 1,000 of the answers that nobody can count on any more; answers how many.
pub async fn purge(tx: &mut Tx) -> Result<u64> {
    let limit = tx.now() - MEMORY;
    tx.query(
        "DELETE FROM idempotency WHERE (token_id, key) IN (
            SELECT token_id, key FROM idempotency WHERE created_at <= $1 LIMIT 1000)",
    )
    .bind(limit)
    .execute()
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Error,
        account::token::tests::{a_token, somebody},
        testing::on_both_databases_with_clock,
    };

    #[tokio::test]
    async fn an_answer_is_kept_once_for_each_key_of_a_token_and_for_a_day() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada@kwanus.example").await;
            let token = a_token(&mut tx, ada, b"one").await.unwrap();
            let other = a_token(&mut tx, ada, b"other").await.unwrap();
            let key = IdempotencyKey::parse("build-7").unwrap();
            let row = AnswerRow { body_hash: vec![7; 32], status: 201, answer: "{\n  \"a\": 1\n}\n".to_owned() };
            insert(&mut tx, token, &key, &row).await.unwrap();
            assert_eq!(lookup(&mut tx, token, &key).await.unwrap(), Some(row.clone()));
            assert_eq!(lookup(&mut tx, other, &key).await.unwrap(), None);
            insert(&mut tx, other, &key, &row).await.unwrap();
            let refused = AnswerRow { status: 422, ..row.clone() };
            insert(&mut tx, token, &IdempotencyKey::parse("build-8").unwrap(), &refused).await.unwrap();
            assert_eq!(count_refusals(&mut tx, token).await.unwrap(), 1);
            assert_eq!(count_refusals(&mut tx, other).await.unwrap(), 0);
            clock.advance(MEMORY - Duration::minutes(1));
            assert_eq!(purge(&mut tx).await.unwrap(), 0);
            clock.advance(Duration::minutes(1));
            assert_eq!(purge(&mut tx).await.unwrap(), 3);
            insert(&mut tx, token, &key, &row).await.unwrap();
            assert!(matches!(insert(&mut tx, token, &key, &row).await, Err(Error::Conflict(_))));
        })
        .await;
    }
}
