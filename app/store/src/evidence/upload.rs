//! How much the users of each partner uploaded, hour by hour.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    evidence::{UPLOAD_MEMORY, UploadHour},
    partner::PartnerId,
};

use crate::{Error, Result, Sql, Tx};

fn inconsistent(error: std::num::TryFromIntError) -> Error {
    Error::Inconsistent(format!("bytes that were uploaded: {error}"))
}

/// Counts a file of that size, and forgets what counts no more. One transaction at a time does so for a partner, to its end:
/// of files that come at once, each sees those before, in whichever hour.
pub async fn count_upload(tx: &mut Tx, partner: PartnerId, bytes: u64) -> Result<()> {
    // Not the partner itself, which is held before its integrations, while whoever uploads holds one of those already.
    let lock = Sql::pair(
        "SELECT 1 WHERE $1 IS NOT NULL",
        "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(CAST($1 AS TEXT), 0))) AS held",
    );
    tx.query(lock).bind(partner).optional::<(i32,)>().await?;
    let now = tx.now();
    tx.query("DELETE FROM upload WHERE partner_id = $1 AND began_at <= $2")
        .bind(partner)
        .bind(now - UPLOAD_MEMORY)
        .execute()
        .await?;
    let hour = UploadHour::of(now, bytes);
    tx.query(
        "INSERT INTO upload (partner_id, began_at, bytes) VALUES ($1, $2, $3)
         ON CONFLICT (partner_id, began_at) DO UPDATE SET bytes = upload.bytes + excluded.bytes",
    )
    .bind(partner)
    .bind(hour.began_at)
    .bind(i64::try_from(hour.bytes).map_err(inconsistent)?)
    .execute()
    .await?;
    Ok(())
}

/// What still counts of what a partner's users uploaded, the oldest hour first: some 25 at most.
pub async fn list_uploads(tx: &mut Tx, partner: PartnerId) -> Result<Vec<UploadHour>> {
    let after = tx.now() - UPLOAD_MEMORY;
    let rows: Vec<(DateTime<Utc>, i64)> = tx
        .query("SELECT began_at, bytes FROM upload WHERE partner_id = $1 AND began_at > $2 ORDER BY began_at")
        .bind(partner)
        .bind(after)
        .all()
        .await?;
    let read = |(began_at, bytes): (DateTime<Utc>, i64)| {
        u64::try_from(bytes).map(|bytes| UploadHour { began_at, bytes }).map_err(inconsistent)
    };
    rows.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::testing::{on_both_databases_with_clock, register};

    #[tokio::test]
    async fn what_is_uploaded_adds_up_by_the_hour_and_is_forgotten_after_a_day() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (partner, _) = register(&mut tx, "orbit", &[]).await;
            let (other, _) = register(&mut tx, "helio", &[]).await;
            let began_at = UploadHour::of(tx.now(), 0).began_at;
            count_upload(&mut tx, partner, 4096).await.unwrap();
            clock.advance(Duration::minutes(5));
            count_upload(&mut tx, partner, 8192).await.unwrap();
            clock.advance(Duration::hours(1));
            count_upload(&mut tx, partner, 1).await.unwrap();
            let second = UploadHour { began_at: began_at + Duration::hours(1), bytes: 4096 };
            let hours = list_uploads(&mut tx, partner).await.unwrap();
            assert_eq!(hours, [UploadHour { began_at, bytes: 12_288 }, second]);
            assert_eq!(list_uploads(&mut tx, other).await.unwrap(), []);

            clock.advance(began_at + UPLOAD_MEMORY - tx.now());
            assert_eq!(list_uploads(&mut tx, partner).await.unwrap(), [second]);
            count_upload(&mut tx, partner, 1).await.unwrap();
            let (kept,): (i64,) = tx.query("SELECT COUNT(*) FROM upload").one().await.unwrap();
            assert_eq!(kept, 2, "the first hour is forgotten");
        })
        .await;
    }

    #[tokio::test]
    async fn of_files_that_come_at_once_each_sees_those_before() {
        on_both_databases_with_clock(async |db, _| {
            let mut tx = db.write().await.unwrap();
            let (partner, _) = register(&mut tx, "orbit", &[]).await;
            tx.commit().await.unwrap();
            let one = async || {
                let mut tx = db.write().await.unwrap();
                count_upload(&mut tx, partner, 4096).await.unwrap();
                let hours = list_uploads(&mut tx, partner).await.unwrap();
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                tx.commit().await.unwrap();
                hours[0].bytes
            };
            let mut seen: [u64; 3] = tokio::join!(one(), one(), one()).into();
            seen.sort_unstable();
            assert_eq!(seen, [4096, 8192, 12_288]);
        })
        .await;
    }

    #[tokio::test]
    async fn a_file_sees_one_that_came_at_once_with_it_before_the_turn_of_the_hour() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (partner, _) = register(&mut tx, "orbit", &[]).await;
            tx.commit().await.unwrap();
            let mut first = db.write().await.unwrap();
            count_upload(&mut first, partner, 4096).await.unwrap();
            clock.advance(Duration::hours(1));
            let second = async {
                let mut tx = db.write().await.unwrap();
                count_upload(&mut tx, partner, 8192).await.unwrap();
                list_uploads(&mut tx, partner).await.unwrap()
            };
            let commit = async {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                first.commit().await.unwrap();
            };
            let (hours, ()) = tokio::join!(second, commit);
            assert_eq!(hours.iter().map(|hour| hour.bytes).collect::<Vec<_>>(), [4096, 8192]);
        })
        .await;
    }
}
