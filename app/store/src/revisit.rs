//! When the boards look again at what they decided.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::Reason,
    case::CaseId,
};
use uuid::Uuid;

use crate::{Result, Tx};

/// The day on which the boards look at a decision again.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RevisitRow {
    /// The day.
    pub on_date: NaiveDate,
    /// Why.
    #[sqlx(try_from = "String")]
    pub reason: Reason,
    /// Who set it.
    #[sqlx(try_from = "String")]
    pub set_by: PersonName,
    /// When the members were told that it has come.
    pub told_at: Option<DateTime<Utc>>,
}

/// Sets the day of a case, in the place of the one before.
pub async fn set(tx: &mut Tx, case: CaseId, on: NaiveDate, reason: &Reason, by: PersonId) -> Result<()> {
    let now = tx.now();
    tx.query(
        "INSERT INTO revisit (case_id, on_date, reason, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (case_id) DO UPDATE SET on_date = excluded.on_date, reason = excluded.reason,
            set_by = excluded.set_by, set_at = excluded.set_at, told_at = NULL",
    )
    .bind(case)
    .bind(on)
    .bind(reason.clone())
    .bind(by)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Takes the day of a case off.
pub async fn clear(tx: &mut Tx, case: CaseId) -> Result<()> {
    tx.query("DELETE FROM revisit WHERE case_id = $1").bind(case).execute().await?;
    Ok(())
}

/// The day of a case, if one is set.
pub async fn lookup(tx: &mut Tx, case: CaseId) -> Result<Option<RevisitRow>> {
    tx.query(
        "SELECT revisit.on_date, revisit.reason, person.name AS set_by, revisit.told_at
         FROM revisit JOIN person ON person.id = revisit.set_by WHERE revisit.case_id = $1",
    )
    .bind(case)
    .optional()
    .await
}

/// Up to `limit` cases whose day has come, and nobody was told so.
pub async fn list_to_tell(tx: &mut Tx, limit: u8) -> Result<Vec<CaseId>> {
    let today = tx.now().date_naive();
    let rows: Vec<(Uuid,)> = tx
        .query("SELECT case_id FROM revisit WHERE told_at IS NULL AND on_date <= $1 ORDER BY on_date, case_id LIMIT $2")
        .bind(today)
        .bind(i64::from(limit))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Writes down that the members were told that the day of a case has come; answers whether they had not been.
pub async fn set_told(tx: &mut Tx, case: CaseId) -> Result<bool> {
    let now = tx.now();
    let told = tx
        .query("UPDATE revisit SET told_at = $1 WHERE case_id = $2 AND told_at IS NULL AND on_date <= $3")
        .bind(now)
        .bind(case)
        .bind(now.date_naive())
        .execute()
        .await?;
    Ok(told == 1)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::case::CaseKind;

    use super::*;
    use crate::{
        account::token::tests::somebody,
        case,
        testing::{on_both_databases_with_clock, register},
    };

    #[tokio::test]
    async fn a_day_is_set_anew_comes_once_and_is_taken_off() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one"]).await;
            let (case, _) = case::insert(&mut tx, CaseKind::LifecycleTransition, integrations[0]).await.unwrap();
            let ada = somebody(&mut tx, "ada@kwanus.example").await;
            assert_eq!(lookup(&mut tx, case).await.unwrap(), None);
            let today = tx.now().date_naive();
            for days in [9, 2] {
                let reason = Reason::parse(&format!("In {days} days")).unwrap();
                set(&mut tx, case, today + Duration::days(days), &reason, ada).await.unwrap();
            }
            let row = lookup(&mut tx, case).await.unwrap().unwrap();
            assert_eq!((row.on_date, row.reason.as_str()), (today + Duration::days(2), "In 2 days"));
            assert!(!set_told(&mut tx, case).await.unwrap(), "it has not come");
            assert_eq!(list_to_tell(&mut tx, 9).await.unwrap(), []);
            clock.advance(Duration::days(2));
            assert_eq!(list_to_tell(&mut tx, 9).await.unwrap(), [case]);
            assert!(set_told(&mut tx, case).await.unwrap());
            assert!(!set_told(&mut tx, case).await.unwrap(), "they are told once");
            assert_eq!(list_to_tell(&mut tx, 9).await.unwrap(), []);
            // Another day is told again.
            set(&mut tx, case, today + Duration::days(2), &row.reason, ada).await.unwrap();
            assert_eq!(list_to_tell(&mut tx, 9).await.unwrap(), [case]);
            clear(&mut tx, case).await.unwrap();
            assert_eq!(lookup(&mut tx, case).await.unwrap(), None);
        })
        .await;
    }
}
