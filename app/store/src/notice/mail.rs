//! E-mails on their way. What is claimed and never heard of again is due once more, so that each arrives at least once.

use chrono::{DateTime, Duration, Utc};
use kwanus_domain::{
    account::PersonId,
    notice::{Failure, MailId, NoticeId, Said},
};
use uuid::Uuid;

use crate::{Result, Sql, Tx};

/// An e-mail to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MailRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: MailId,
    /// To whom.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// When it was written.
    pub made_at: DateTime<Utc>,
    /// How often it has been tried, this time included.
    pub tries: i64,
}

#[derive(sqlx::FromRow)]
struct SaidRow {
    title: String,
    line: String,
    path: String,
}

/// Up to `limit` people to whom something is to be written now.
pub async fn list_people_due(tx: &mut Tx, limit: u8) -> Result<Vec<PersonId>> {
    let now = tx.now();
    let rows: Vec<(Uuid,)> = tx
        .query("SELECT DISTINCT person_id FROM notice WHERE mail_at <= $1 LIMIT $2")
        .bind(now)
        .bind(i64::from(limit))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Whether something is to be written to a person now.
pub async fn is_due(tx: &mut Tx, person: PersonId) -> Result<bool> {
    let now = tx.now();
    let sql = "SELECT 1 FROM notice WHERE person_id = $1 AND mail_at <= $2 LIMIT 1";
    Ok(tx.query(sql).bind(person).bind(now).optional::<(i32,)>().await?.is_some())
}

/// Writes an e-mail for each of up to `limit` notices to a person, held by the transaction, that are due.
pub async fn write_single(tx: &mut Tx, person: PersonId, limit: u8) -> Result<()> {
    let now = tx.now();
    let due: Vec<(Uuid,)> = tx
        .query("SELECT id FROM notice WHERE person_id = $1 AND mail_at <= $2 ORDER BY id LIMIT $3")
        .bind(person)
        .bind(now)
        .bind(i64::from(limit))
        .all()
        .await?;
    for (notice,) in due {
        let mail = insert(tx, person).await?;
        tx.query("UPDATE notice SET mail_at = NULL, mail_id = $1 WHERE id = $2")
            .bind(mail)
            .bind(NoticeId::from(notice))
            .execute()
            .await?;
    }
    Ok(())
}

/// Writes one e-mail for all notices to a person, held by the transaction, that are due. The caller has seen that there are any.
pub async fn write_digest(tx: &mut Tx, person: PersonId) -> Result<()> {
    let now = tx.now();
    let mail = insert(tx, person).await?;
    tx.query("UPDATE notice SET mail_at = NULL, mail_id = $1 WHERE person_id = $2 AND mail_at <= $3")
        .bind(mail)
        .bind(person)
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

async fn insert(tx: &mut Tx, person: PersonId) -> Result<MailId> {
    let id: MailId = tx.new_id();
    let now = tx.now();
    tx.query("INSERT INTO mail (id, person_id, made_at, due_at, tries) VALUES ($1, $2, $3, $4, 0)")
        .bind(id)
        .bind(person)
        .bind(now)
        .bind(now)
        .execute()
        .await?;
    Ok(id)
}

/// Takes up to `limit` e-mails that are due, which nobody else takes until the lease is over.
pub async fn claim(tx: &mut Tx, lease: Duration, limit: u8) -> Result<Vec<MailRow>> {
    let now = tx.now();
    // An array is made once: of a subquery that skips what is locked, each look would find others.
    let sql = Sql::pair(
        "UPDATE mail SET due_at = $1, tries = tries + 1
         WHERE id IN (SELECT id FROM mail WHERE due_at <= $2 ORDER BY due_at LIMIT $3)
         RETURNING id, person_id, made_at, tries",
        "UPDATE mail SET due_at = $1, tries = tries + 1
         WHERE id = ANY(ARRAY(SELECT id FROM mail WHERE due_at <= $2 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED))
         RETURNING id, person_id, made_at, tries",
    );
    tx.query(sql).bind(now + lease).bind(now).bind(i64::from(limit)).all().await
}

/// What stands in an e-mail: up to `limit` notices, in the order in which they were told.
pub async fn list_said(tx: &mut Tx, mail: MailId, limit: u8) -> Result<Vec<Said>> {
    let rows: Vec<SaidRow> = tx
        .query("SELECT title, line, path FROM notice WHERE mail_id = $1 ORDER BY id LIMIT $2")
        .bind(mail)
        .bind(i64::from(limit))
        .all()
        .await?;
    Ok(rows.into_iter().map(|SaidRow { title, line, path }| Said { title, line, path }).collect())
}

/// The server has taken it.
pub async fn sent(tx: &mut Tx, mail: MailId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE mail SET due_at = NULL, sent_at = $1, failure = NULL WHERE id = $2")
        .bind(now)
        .bind(mail)
        .execute()
        .await?;
    Ok(())
}

/// It was not taken, and is tried again then. What somebody else has sent meanwhile stays sent.
pub async fn postpone(tx: &mut Tx, mail: MailId, due_at: DateTime<Utc>, failure: Failure) -> Result<()> {
    tx.query("UPDATE mail SET due_at = $1, failure = $2 WHERE id = $3 AND due_at IS NOT NULL")
        .bind(due_at)
        .bind(failure)
        .bind(mail)
        .execute()
        .await?;
    Ok(())
}

/// It is not tried again.
pub async fn give_up(tx: &mut Tx, mail: MailId, failure: Failure) -> Result<()> {
    tx.query("UPDATE mail SET due_at = NULL, failure = $1 WHERE id = $2 AND due_at IS NOT NULL")
        .bind(failure)
        .bind(mail)
        .execute()
        .await?;
    Ok(())
}

/// Deletes up to 1,000 e-mails written before `limit` that were sent or given up; answers how many. What they told stays in the
/// inbox.
pub async fn purge(tx: &mut Tx, limit: DateTime<Utc>) -> Result<u64> {
    tx.query("DELETE FROM mail WHERE id IN (SELECT id FROM mail WHERE due_at IS NULL AND made_at <= $1 LIMIT 1000)")
        .bind(limit)
        .execute()
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        notice::{
            count_unread,
            register::tests::{extended, somebody, tell},
        },
        testing::on_both_databases_with_clock,
    };

    const LEASE: Duration = Duration::minutes(10);

    async fn ids(tx: &mut Tx) -> Vec<MailId> {
        claim(tx, LEASE, 10).await.unwrap().into_iter().map(|row| row.id).collect()
    }

    #[tokio::test]
    async fn what_was_claimed_and_never_sent_is_claimed_again_after_its_lease() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada").await;
            tell(&mut tx, &[ada], &extended(1)).await;
            assert_eq!(list_people_due(&mut tx, 10).await.unwrap(), [ada]);
            write_single(&mut tx, ada, 10).await.unwrap();
            assert_eq!(list_people_due(&mut tx, 10).await.unwrap(), []);
            let claimed = claim(&mut tx, LEASE, 10).await.unwrap();
            assert_eq!((claimed.len(), claimed[0].person_id, claimed[0].tries), (1, ada, 1));
            assert_eq!(ids(&mut tx).await, []);
            clock.advance(LEASE);
            let again = claim(&mut tx, LEASE, 10).await.unwrap();
            assert_eq!((again[0].id, again[0].tries), (claimed[0].id, 2), "it is the same one");
            sent(&mut tx, again[0].id).await.unwrap();
            // Whoever had it first hears only now that it failed.
            let later = tx.now() + Duration::minutes(1);
            postpone(&mut tx, again[0].id, later, Failure::Unreachable).await.unwrap();
            clock.advance(LEASE);
            assert_eq!(ids(&mut tx).await, []);
        })
        .await;
    }

    #[tokio::test]
    async fn two_who_claim_at_once_never_take_the_same() {
        on_both_databases_with_clock(async |db, _| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada").await;
            for number in 1..=20 {
                tell(&mut tx, &[ada], &extended(number)).await;
            }
            write_single(&mut tx, ada, 20).await.unwrap();
            tx.commit().await.unwrap();
            let take = async || {
                let mut tx = db.write().await.unwrap();
                let ids = ids(&mut tx).await;
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                tx.commit().await.unwrap();
                ids
            };
            let (one, other) = tokio::join!(take(), take());
            let mut all = [one, other].concat();
            assert_eq!(all.len(), 20);
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 20);
        })
        .await;
    }

    #[tokio::test]
    async fn what_failed_is_tried_later_and_what_is_given_up_never() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada").await;
            tell(&mut tx, &[ada], &extended(1)).await;
            write_single(&mut tx, ada, 10).await.unwrap();
            let id = ids(&mut tx).await[0];
            let later = tx.now() + Duration::hours(1);
            postpone(&mut tx, id, later, Failure::Deferred).await.unwrap();
            clock.advance(Duration::minutes(59));
            assert_eq!(ids(&mut tx).await, []);
            clock.advance(Duration::minutes(1));
            assert_eq!(ids(&mut tx).await, [id]);
            give_up(&mut tx, id, Failure::Unaddressable).await.unwrap();
            clock.advance(Duration::days(1));
            assert_eq!(ids(&mut tx).await, []);
        })
        .await;
    }

    #[tokio::test]
    async fn a_digest_holds_everything_that_is_due_in_its_order() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (ada, ben) = (somebody(&mut tx, "ada").await, somebody(&mut tx, "ben").await);
            for number in 1..=3 {
                tell(&mut tx, &[ada, ben], &extended(number)).await;
                clock.advance(Duration::seconds(1));
            }
            write_digest(&mut tx, ada).await.unwrap();
            assert_eq!(list_people_due(&mut tx, 10).await.unwrap(), [ben]);
            let mail = ids(&mut tx).await;
            assert_eq!(mail.len(), 1);
            let said = list_said(&mut tx, mail[0], 2).await.unwrap();
            let paths: Vec<_> = said.iter().map(|said| &*said.path).collect();
            assert_eq!(paths, ["/cases/PJ-2026-0001", "/cases/PJ-2026-0002"]);
        })
        .await;
    }

    #[tokio::test]
    async fn what_was_sent_is_purged_and_stays_in_the_inbox() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada").await;
            for number in 1..=2 {
                tell(&mut tx, &[ada], &extended(number)).await;
            }
            write_single(&mut tx, ada, 10).await.unwrap();
            let mails = ids(&mut tx).await;
            sent(&mut tx, mails[0]).await.unwrap();
            clock.advance(Duration::days(30));
            let limit = tx.now() - Duration::days(30);
            assert_eq!(purge(&mut tx, limit - Duration::seconds(1)).await.unwrap(), 0);
            assert_eq!(purge(&mut tx, limit).await.unwrap(), 1, "what was not sent yet is kept");
            assert_eq!(list_said(&mut tx, mails[0], 10).await.unwrap(), []);
            assert_eq!(count_unread(&mut tx, ada, 10).await.unwrap(), 2);
        })
        .await;
    }
}
