//! Notices, each in the inbox of one person.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    notice::{News, NoticeId, NoticeKind},
    uuid_v7,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Recipient;
use crate::{Result, Tx};

/// How many are told by one statement.
const BATCH: usize = 500;

/// A notice as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NoticeRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: NoticeId,
    /// Of what kind it is.
    #[sqlx(try_from = "String")]
    pub kind: NoticeKind,
    /// What it says in a few words.
    pub title: String,
    /// What it says in a sentence.
    pub line: String,
    /// The page that it leads to.
    pub path: String,
    /// When it was told.
    pub made_at: DateTime<Utc>,
    /// When it was marked as read.
    pub read_at: Option<DateTime<Utc>>,
}

/// Tells these people. Whoever was told the same before is not told again.
pub async fn insert(tx: &mut Tx, people: &[Recipient], news: &News) -> Result<()> {
    let (said, now) = (news.said(), tx.now());
    for people in people.chunks(BATCH) {
        let mut query = tx
            .query("INSERT INTO notice (kind, key, title, line, path, made_at, id, person_id, mail_at) VALUES")
            .bind(news.kind())
            .bind(news.key())
            .bind(&*said.title)
            .bind(&*said.line)
            .bind(&*said.path)
            .bind(now);
        for (n, person) in people.iter().enumerate() {
            let row = if n == 0 { " ($1, $2, $3, $4, $5, $6, {}" } else { ", ($1, $2, $3, $4, $5, $6, {}" };
            query = query
                .append(row, id_of(news, person.id, now))
                .append(", {}", person.id)
                .append(", {})", person.delivery.due_at(now));
        }
        query.append_text(" ON CONFLICT DO NOTHING").execute().await?;
    }
    Ok(())
}

/// The identifier follows from what is told to whom, and when. Chance is not asked for it: who is told changes nothing else
/// that is drawn in the same transaction, as the story of a demo is.
fn id_of(news: &News, person: PersonId, now: DateTime<Utc>) -> NoticeId {
    let hash = Sha256::new()
        .chain_update(Uuid::from(person).as_bytes())
        .chain_update(news.kind().as_str())
        .chain_update([0])
        .chain_update(news.key())
        .finalize();
    let mut tail = [0; 8];
    tail.copy_from_slice(&hash[..8]);
    uuid_v7(now, tail).into()
}

/// Up to `limit` notices of a person, read ones or unread ones, the newest first, those before `before`.
pub async fn list(
    tx: &mut Tx,
    person: PersonId,
    is_read: bool,
    before: Option<NoticeId>,
    limit: u8,
) -> Result<Vec<NoticeRow>> {
    tx.query("SELECT id, kind, title, line, path, made_at, read_at FROM notice WHERE person_id = $1")
        .bind(person)
        .append_text(if is_read { " AND read_at IS NOT NULL" } else { " AND read_at IS NULL" })
        .append_if(" AND id < {}", before)
        .append(" ORDER BY id DESC LIMIT {}", i64::from(limit))
        .all()
        .await
}

/// How many notices a person has not read, counted to `most`.
pub async fn count_unread(tx: &mut Tx, person: PersonId, most: i64) -> Result<i64> {
    let (count,): (i64,) = tx
        .query(
            "SELECT COUNT(*) FROM (SELECT 1 FROM notice WHERE person_id = $1 AND read_at IS NULL LIMIT $2) AS unread",
        )
        .bind(person)
        .bind(most)
        .one()
        .await?;
    Ok(count)
}

/// Marks a notice of a person as read; answers whether there is one of theirs.
pub async fn mark_read(tx: &mut Tx, person: PersonId, id: NoticeId) -> Result<bool> {
    let now = tx.now();
    let marked = tx
        .query("UPDATE notice SET read_at = COALESCE(read_at, $1) WHERE id = $2 AND person_id = $3")
        .bind(now)
        .bind(id)
        .bind(person)
        .execute()
        .await?;
    Ok(marked == 1)
}

/// Marks the notices of a person as read up to that one, the newest that they saw.
pub async fn mark_all_read(tx: &mut Tx, person: PersonId, until: NoticeId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE notice SET read_at = $1 WHERE person_id = $2 AND read_at IS NULL AND id <= $3")
        .bind(now)
        .bind(person)
        .bind(until)
        .execute()
        .await?;
    Ok(())
}

/// Takes everything that was told before that instant as read by everybody, and no e-mail for anything.
pub async fn mark_old_read(tx: &mut Tx, before: DateTime<Utc>) -> Result<()> {
    tx.query("UPDATE notice SET mail_at = NULL WHERE mail_at IS NOT NULL").execute().await?;
    tx.query("UPDATE notice SET read_at = made_at WHERE read_at IS NULL AND made_at < $1")
        .bind(before)
        .execute()
        .await?;
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        board::BoardKey,
        case::CaseRef,
        notice::Delivery,
    };

    use super::*;
    use crate::{
        account::person,
        notice::{list_people_due, list_recipients, lookup_delivery, set_delivery},
        testing::{on_both_databases, on_both_databases_with_clock},
    };

    /// Somebody to tell.
    pub async fn somebody(tx: &mut Tx, name: &str) -> PersonId {
        let email = Email::parse(&format!("{name}@x.example")).unwrap();
        person::insert(tx, &email, &PersonName::parse(name).unwrap(), &Roles::default()).await.unwrap()
    }

    pub fn extended(number: i64) -> News {
        News::BallotExtended {
            case: CaseRef::parse(&format!("PJ-2026-{number:04}")).unwrap(),
            board: BoardKey::parse("sco").unwrap(),
            ends_at: "2026-12-09T17:00:00Z".parse().unwrap(),
        }
    }

    /// Tells people as an action does.
    pub async fn tell(tx: &mut Tx, people: &[PersonId], news: &News) {
        let people = list_recipients(tx, people.iter().copied()).await.unwrap();
        insert(tx, &people, news).await.unwrap();
    }

    async fn titles(tx: &mut Tx, person: PersonId, is_read: bool) -> Vec<String> {
        let rows = list(tx, person, is_read, None, 10).await.unwrap();
        rows.into_iter().map(|row| row.title.chars().take(12).collect()).collect()
    }

    #[tokio::test]
    async fn nobody_is_told_the_same_twice() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (ada, ben) = (somebody(&mut tx, "ada").await, somebody(&mut tx, "ben").await);
            tell(&mut tx, &[ada], &extended(1)).await;
            clock.advance(Duration::days(1));
            tell(&mut tx, &[ada, ben], &extended(1)).await;
            tell(&mut tx, &[ada, ben], &extended(2)).await;
            tell(&mut tx, &[], &extended(3)).await;
            assert_eq!(titles(&mut tx, ada, false).await, ["PJ-2026-0002", "PJ-2026-0001"]);
            assert_eq!(titles(&mut tx, ben, false).await.len(), 2);
            let rows = list(&mut tx, ada, false, None, 10).await.unwrap();
            assert_eq!(rows[1].made_at, tx.now() - Duration::days(1));
            assert_eq!((rows[1].kind, &*rows[1].path), (NoticeKind::BallotExtended, "/cases/PJ-2026-0001"));
        })
        .await;
    }

    #[tokio::test]
    async fn whoever_may_not_sign_in_is_not_told() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (ada, ben) = (somebody(&mut tx, "ada").await, somebody(&mut tx, "ben").await);
            person::disable(&mut tx, ben).await.unwrap();
            tell(&mut tx, &[ada, ben], &extended(1)).await;
            assert_eq!(count_unread(&mut tx, ada, 10).await.unwrap(), 1);
            assert_eq!(count_unread(&mut tx, ben, 10).await.unwrap(), 0);
        })
        .await;
    }

    #[tokio::test]
    async fn notices_are_marked_by_whose_they_are_and_no_further_than_was_seen() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (ada, ben) = (somebody(&mut tx, "ada").await, somebody(&mut tx, "ben").await);
            for number in 1..=4 {
                tell(&mut tx, &[ada], &extended(number)).await;
                clock.advance(Duration::seconds(1));
            }
            assert_eq!(count_unread(&mut tx, ada, 3).await.unwrap(), 3, "counting stops");
            let rows = list(&mut tx, ada, false, None, 10).await.unwrap();
            assert!(!mark_read(&mut tx, ben, rows[0].id).await.unwrap());
            assert!(mark_read(&mut tx, ada, rows[3].id).await.unwrap());
            let at = list(&mut tx, ada, true, None, 10).await.unwrap()[0].read_at;
            clock.advance(Duration::seconds(1));
            assert!(mark_read(&mut tx, ada, rows[3].id).await.unwrap());
            assert_eq!(list(&mut tx, ada, true, None, 10).await.unwrap()[0].read_at, at, "once is enough");
            mark_all_read(&mut tx, ada, rows[1].id).await.unwrap();
            assert_eq!(titles(&mut tx, ada, false).await, ["PJ-2026-0004"]);
            assert_eq!(titles(&mut tx, ada, true).await, ["PJ-2026-0003", "PJ-2026-0002", "PJ-2026-0001"]);
            let later = list(&mut tx, ada, true, Some(rows[1].id), 1).await.unwrap();
            assert_eq!(later.into_iter().map(|row| row.id).collect::<Vec<_>>(), [rows[2].id]);
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_old_counts_as_read_and_nothing_of_it_is_sent() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada").await;
            tell(&mut tx, &[ada], &extended(1)).await;
            clock.advance(Duration::days(7));
            tell(&mut tx, &[ada], &extended(2)).await;
            let now = tx.now();
            mark_old_read(&mut tx, now).await.unwrap();
            assert_eq!(titles(&mut tx, ada, false).await, ["PJ-2026-0002"]);
            assert_eq!(titles(&mut tx, ada, true).await, ["PJ-2026-0001"]);
            assert_eq!(list_people_due(&mut tx, 10).await.unwrap(), []);
        })
        .await;
    }

    #[tokio::test]
    async fn how_somebody_wants_to_be_told_holds_also_for_what_still_waits() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada").await;
            assert_eq!(lookup_delivery(&mut tx, ada).await.unwrap(), Delivery::AtOnce);
            let due = async |tx: &mut Tx| {
                let rows: Vec<(Option<DateTime<Utc>>,)> =
                    tx.query("SELECT mail_at FROM notice ORDER BY id").all().await.unwrap();
                rows.into_iter().map(|(at,)| at).collect::<Vec<_>>()
            };
            tell(&mut tx, &[ada], &extended(1)).await;
            assert_eq!(due(&mut tx).await, [Some(tx.now())]);
            set_delivery(&mut tx, ada, Delivery::Digest).await.unwrap();
            assert_eq!(due(&mut tx).await, [Some("2026-11-19T07:00:00Z".parse().unwrap())]);
            set_delivery(&mut tx, ada, Delivery::InboxOnly).await.unwrap();
            tell(&mut tx, &[ada], &extended(2)).await;
            assert_eq!(due(&mut tx).await, [None, None]);
            set_delivery(&mut tx, ada, Delivery::AtOnce).await.unwrap();
            assert_eq!(due(&mut tx).await, [None, None], "what was not to be sent is not sent later");
            assert_eq!(lookup_delivery(&mut tx, ada).await.unwrap(), Delivery::AtOnce);
        })
        .await;
    }
}
