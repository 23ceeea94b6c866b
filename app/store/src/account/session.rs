//! Sessions, by the SHA-256 of the secret in the cookie: a copy of this table opens no door.

use chrono::{DateTime, Utc};
use kwanus_domain::account::{IDLE_LIMIT, LIFETIME, PersonId, SessionId, is_session_live};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{Result, Tx};

/// A session as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SessionRow {
    /// As its owner may name it.
    #[sqlx(try_from = "Uuid")]
    pub id: SessionId,
    /// Whose it is, if anybody has signed in.
    pub person_id: Option<Uuid>,
    /// What it holds.
    pub data: Json<serde_json::Value>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub seen_at: DateTime<Utc>,
    /// When its owner, or a new password, ended it.
    pub ended_at: Option<DateTime<Utc>>,
}

impl SessionRow {
    /// Whether it still counts at `now`.
    #[must_use]
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none() && is_session_live(self.created_at, self.seen_at, now)
    }
}

/// Where it began and what it held are forgotten as a session is ended; whose it was is not.
macro_rules! end_live {
    () => {
        "UPDATE session SET ended_at = $1, data = '{}'
         WHERE person_id = $2 AND created_at > $3 AND seen_at > $4 AND ended_at IS NULL"
    };
}

/// Keeps a new session.
pub async fn insert(tx: &mut Tx, token_hash: &[u8], person: Option<PersonId>, data: serde_json::Value) -> Result<()> {
    let id: SessionId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO session (id, token_hash, person_id, data, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(token_hash.to_vec())
    .bind(person)
    .bind(data)
    .bind(now)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Keeps what a session holds, live or not. One that is over stays over: nothing brings it back.
pub async fn update(tx: &mut Tx, token_hash: &[u8], data: serde_json::Value) -> Result<()> {
    tx.query("UPDATE session SET data = $1 WHERE token_hash = $2")
        .bind(data)
        .bind(token_hash.to_vec())
        .execute()
        .await?;
    Ok(())
}

/// The session of that secret, live or not.
pub async fn lookup(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<SessionRow>> {
    tx.query("SELECT id, person_id, data, created_at, seen_at, ended_at FROM session WHERE token_hash = $1")
        .bind(token_hash.to_vec())
        .optional()
        .await
}

/// Writes down that the session was used now.
pub async fn touch(tx: &mut Tx, token_hash: &[u8]) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE session SET seen_at = $1 WHERE token_hash = $2")
        .bind(now)
        .bind(token_hash.to_vec())
        .execute()
        .await?;
    Ok(())
}

/// Deletes the session of that secret.
pub async fn delete(tx: &mut Tx, token_hash: &[u8]) -> Result<()> {
    tx.query("DELETE FROM session WHERE token_hash = $1").bind(token_hash.to_vec()).execute().await?;
    Ok(())
}

/// The live sessions of a person, the last used first. At most 100 are shown.
pub async fn list_live(tx: &mut Tx, person: PersonId) -> Result<Vec<SessionRow>> {
    let now = tx.now();
    tx.query(
        "SELECT id, person_id, data, created_at, seen_at, ended_at FROM session
         WHERE person_id = $1 AND created_at > $2 AND seen_at > $3 AND ended_at IS NULL ORDER BY seen_at DESC, id DESC LIMIT 100",
    )
    .bind(person)
    .bind(now - LIFETIME)
    .bind(now - IDLE_LIMIT)
    .all()
    .await
}

/// Ends one live session of a person; answers how many that were.
pub async fn end_one(tx: &mut Tx, person: PersonId, id: SessionId) -> Result<u64> {
    let now = tx.now();
    tx.query(concat!(end_live!(), " AND id = $5"))
        .bind(now)
        .bind(person)
        .bind(now - LIFETIME)
        .bind(now - IDLE_LIMIT)
        .bind(id)
        .execute()
        .await
}

/// Ends every live session of a person, but the one to keep; answers how many that were.
pub async fn end_all(tx: &mut Tx, person: PersonId, keep: Option<SessionId>) -> Result<u64> {
    let now = tx.now();
    tx.query(concat!(end_live!(), " AND id <> $5"))
        .bind(now)
        .bind(person)
        .bind(now - LIFETIME)
        .bind(now - IDLE_LIMIT)
        .bind(keep.map_or_else(Uuid::nil, Uuid::from))
        .execute()
        .await
}

/// Deletes up to 1,000 of the sessions last used before `limit`, and of nobody's that are over; answers how many.
pub async fn purge(tx: &mut Tx, limit: DateTime<Utc>) -> Result<u64> {
    let idle = tx.now() - IDLE_LIMIT;
    tx.query(
        "DELETE FROM session WHERE id IN (
            SELECT id FROM session WHERE seen_at <= $1 OR (person_id IS NULL AND seen_at <= $2) LIMIT 1000)",
    )
    .bind(limit)
    .bind(idle)
    .execute()
    .await
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::account::{Email, PersonName, Roles};

    use super::*;
    use crate::{
        Tx,
        account::person,
        testing::{on_both_databases, on_both_databases_with_clock},
    };

    async fn somebody(tx: &mut Tx) -> PersonId {
        let (email, name) = (Email::parse("a@b.example").unwrap(), PersonName::parse("A").unwrap());
        person::insert(tx, &email, &name, &Roles::default()).await.unwrap()
    }

    #[tokio::test]
    async fn a_session_that_was_ended_is_not_brought_back_by_a_late_save() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let person = somebody(&mut tx).await;
            insert(&mut tx, b"ended", Some(person), serde_json::json!({"a": 1})).await.unwrap();
            insert(&mut tx, b"deleted", Some(person), serde_json::json!({})).await.unwrap();
            assert_eq!(end_all(&mut tx, person, None).await.unwrap(), 2);
            delete(&mut tx, b"deleted").await.unwrap();
            assert_eq!(lookup(&mut tx, b"ended").await.unwrap().unwrap().data.0, serde_json::json!({}));
            for hash in [&b"ended"[..], b"deleted"] {
                update(&mut tx, hash, serde_json::json!({"late": 1})).await.unwrap();
                let now = tx.now();
                assert!(!lookup(&mut tx, hash).await.unwrap().is_some_and(|row| row.is_live(now)));
            }
            assert_eq!(list_live(&mut tx, person).await.unwrap().len(), 0);
        })
        .await;
    }

    #[tokio::test]
    async fn sessions_of_nobody_are_purged_as_soon_as_they_are_over() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let person = somebody(&mut tx).await;
            insert(&mut tx, b"somebody", Some(person), serde_json::json!({})).await.unwrap();
            insert(&mut tx, b"nobody", None, serde_json::json!({})).await.unwrap();
            clock.advance(IDLE_LIMIT);
            let week_ago = tx.now() - Duration::days(7);
            assert_eq!(purge(&mut tx, week_ago).await.unwrap(), 1);
            assert!(lookup(&mut tx, b"somebody").await.unwrap().is_some());
            let now = tx.now();
            assert_eq!(purge(&mut tx, now).await.unwrap(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn only_live_sessions_of_the_person_are_listed() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let person = somebody(&mut tx).await;
            insert(&mut tx, b"idle", Some(person), serde_json::json!({})).await.unwrap();
            clock.advance(IDLE_LIMIT - Duration::minutes(1));
            insert(&mut tx, b"busy", Some(person), serde_json::json!({"a": 1})).await.unwrap();
            insert(&mut tx, b"nobody", None, serde_json::json!({})).await.unwrap();
            assert_eq!(list_live(&mut tx, person).await.unwrap().len(), 2);
            clock.advance(Duration::minutes(1));
            let live = list_live(&mut tx, person).await.unwrap();
            assert_eq!(live.iter().map(|row| row.data.0.clone()).collect::<Vec<_>>(), [serde_json::json!({"a": 1})]);
            assert_eq!(end_all(&mut tx, person, Some(live[0].id)).await.unwrap(), 0, "the idle one was over already");
            assert_eq!(end_one(&mut tx, person, live[0].id).await.unwrap(), 1);
            assert_eq!(end_one(&mut tx, person, live[0].id).await.unwrap(), 0);
        })
        .await;
    }
}
