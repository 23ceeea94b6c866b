//! Decided cases that members want before the boards again.

use chrono::{DateTime, Utc};
use kwanus_domain::{account::PersonId, appeal::lapses_at, ballot::Reason, case::CaseId};
use uuid::Uuid;

use crate::{Result, Tx};

/// A proposal to reopen a case, as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReopeningRow {
    id: Uuid,
    /// What is new.
    #[sqlx(try_from = "String")]
    pub reason: Reason,
    /// Who proposed it.
    #[sqlx(try_from = "Uuid")]
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// The first instant at which nobody confirms it any more.
    pub lapses_at: DateTime<Utc>,
    opened_id: Option<Uuid>,
}

impl ReopeningRow {
    /// The case that was opened in its place, once somebody else confirmed it.
    #[must_use]
    pub fn opened(&self) -> Option<CaseId> {
        self.opened_id.map(CaseId::from)
    }
}

/// Writes down that somebody would have a case reopened.
pub async fn insert(tx: &mut Tx, case: CaseId, by: PersonId, reason: &Reason) -> Result<()> {
    let (id, now) = (tx.new_id::<Uuid>(), tx.now());
    tx.query(
        "INSERT INTO reopening (id, case_id, reason, proposed_by, proposed_at, lapses_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(case)
    .bind(reason.clone())
    .bind(by)
    .bind(now)
    .bind(lapses_at(now))
    .execute()
    .await?;
    Ok(())
}

/// The last proposal to reopen a case.
pub async fn lookup_newest(tx: &mut Tx, case: CaseId) -> Result<Option<ReopeningRow>> {
    tx.query(
        "SELECT id, reason, proposed_by, proposed_at, lapses_at, opened_id FROM reopening
         WHERE case_id = $1 ORDER BY id DESC LIMIT 1",
    )
    .bind(case)
    .optional()
    .await
}

/// Writes down who confirmed it, and the case that was opened in its place.
pub async fn confirm(tx: &mut Tx, row: &ReopeningRow, by: PersonId, opened: CaseId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE reopening SET confirmed_by = $1, confirmed_at = $2, opened_id = $3 WHERE id = $4")
        .bind(by)
        .bind(now)
        .bind(opened)
        .bind(row.id)
        .execute()
        .await?;
    Ok(())
}

/// The case in whose place a case was opened, if it was.
pub async fn lookup_origin(tx: &mut Tx, opened: CaseId) -> Result<Option<CaseId>> {
    let row: Option<(Uuid,)> =
        tx.query("SELECT case_id FROM reopening WHERE opened_id = $1").bind(opened).optional().await?;
    Ok(row.map(|(id,)| id.into()))
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
    async fn a_case_is_reopened_once_and_the_last_proposal_counts() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one"]).await;
            let (old, _) = case::insert(&mut tx, CaseKind::LifecycleTransition, integrations[0]).await.unwrap();
            let (ada, bo) =
                (somebody(&mut tx, "ada@kwanus.example").await, somebody(&mut tx, "bo@kwanus.example").await);
            assert_eq!(lookup_newest(&mut tx, old).await.unwrap(), None);
            insert(&mut tx, old, ada, &Reason::parse("First").unwrap()).await.unwrap();
            clock.advance(Duration::days(15));
            insert(&mut tx, old, bo, &Reason::parse("Second").unwrap()).await.unwrap();
            let row = lookup_newest(&mut tx, old).await.unwrap().unwrap();
            assert_eq!((row.reason.as_str(), row.proposed_by, row.opened()), ("Second", bo, None));
            assert_eq!(row.lapses_at, row.proposed_at + Duration::days(14));
            let (new, _) = case::insert(&mut tx, CaseKind::Suspension, integrations[0]).await.unwrap();
            assert_eq!(lookup_origin(&mut tx, new).await.unwrap(), None);
            confirm(&mut tx, &row, ada, new).await.unwrap();
            assert_eq!(lookup_newest(&mut tx, old).await.unwrap().unwrap().opened(), Some(new));
            assert_eq!(lookup_origin(&mut tx, new).await.unwrap(), Some(old));
        })
        .await;
    }
}
