//! Keeping a session. The door that holds the cookie calls these; nobody else knows the secret.

use chrono::{DateTime, Duration, Utc};
use kwanus_domain::account::{IDLE_LIMIT, TOUCH_INTERVAL};
use kwanus_store::{
    Db,
    account::{failure, idempotency, person, session},
};

use super::{
    MEMORIES,
    holder::{holder, token_hash},
};
use crate::{Result, retrying};

/// How long a session that is over is still known: a form left open over a weekend loses nothing, and reaches nobody else.
const AFTERLIFE: Duration = Duration::days(7);

/// Keeps a new session. Somebody who was disabled or whose password was replaced between proving who they are and this
/// moment gets none.
pub async fn create(db: &Db, secret: i128, data: &serde_json::Value) -> Result<()> {
    let holder = holder(data);
    retrying(|| async {
        let mut tx = db.write().await?;
        if let Some(holder) = &holder {
            let person = person::lookup_for_update(&mut tx, holder.person).await?;
            let is_current = |person: &person::Person| {
                person.disabled_at.is_none() && person.credentials_at == holder.credentials_at
            };
            if !person.as_ref().is_some_and(is_current) {
                return Ok(());
            }
        }
        let person = holder.as_ref().map(|holder| holder.person);
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

/// What a session holds. One that is over goes on as nobody's, so that a form which comes too late finds a place to wait
/// in until its sender has signed in again.
pub async fn load(db: &Db, secret: i128) -> Result<Option<serde_json::Value>> {
    let mut tx = db.read().await?;
    let now = tx.now();
    let Some(row) = session::lookup(&mut tx, &token_hash(secret)).await? else { return Ok(None) };
    let is_live = row.is_live(now);
    if !is_live && row.person_id.is_none() {
        return Ok(None);
    }
    let mut data = row.data.0;
    if !is_live && let Some(data) = data.as_object_mut() {
        data.retain(|key, _| key == MEMORIES);
    }
    Ok(Some(data))
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

/// Deletes sessions long over, failures long forgotten, and answers that nobody asks for again.
pub async fn purge(db: &Db) -> Result<()> {
    // A batch at a time, so that nobody who writes waits long.
    loop {
        let (sessions, failures, answers) = retrying(|| async {
            let mut tx = db.write().await?;
            let limit = tx.now() - IDLE_LIMIT - AFTERLIFE;
            let sessions = session::purge(&mut tx, limit).await?;
            let purged = (sessions, failure::purge(&mut tx).await?, idempotency::purge(&mut tx).await?);
            tx.commit().await?;
            Ok(purged)
        })
        .await?;
        if sessions + failures + answers == 0 {
            return Ok(());
        }
        tracing::info!(sessions, failures, answers, "purged");
    }
}

#[cfg(test)]
mod tests {
    use kwanus_domain::account::{Email, PersonName, Roles};
    use kwanus_store::testing::on_both_databases_with_clock;
    use serde_json::json;

    use super::*;
    use crate::session::{HOLDER, Holder, Resumed, resume};

    #[tokio::test]
    async fn no_session_begins_with_a_password_that_was_replaced_meanwhile() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (email, name) = (Email::parse("ada@kwanus.example").unwrap(), PersonName::parse("Ada").unwrap());
            let id = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let credentials_at = person::lookup(&mut tx, id).await.unwrap().unwrap().credentials_at;
            tx.commit().await.unwrap();
            let holder = Holder { person: id, credentials_at, address: String::new(), user_agent: String::new() };
            let data = json!({ HOLDER: holder });
            let is_live = async |secret| {
                matches!(resume(&db, secret, crate::Origin::default(), true).await.unwrap(), Resumed::Live(_))
            };
            create(&db, 1, &data).await.unwrap();
            assert!(is_live(1).await);
            clock.advance(Duration::seconds(1));
            let mut tx = db.write().await.unwrap();
            person::set_password_hash(&mut tx, id, Some("another")).await.unwrap();
            tx.commit().await.unwrap();
            create(&db, 2, &data).await.unwrap();
            assert!(!is_live(2).await);
        })
        .await;
    }
}
