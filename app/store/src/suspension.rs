//! What cases about a suspension propose.

use kwanus_domain::{ballot::Reason, case::CaseId, integration::IntegrationId};

use crate::{Result, Tx};

/// A proposed suspension, or the lifting of one, as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SuspensionRow {
    /// Whether it is to be lifted.
    pub is_lift: bool,
    /// Why.
    #[sqlx(try_from = "String")]
    pub reason: Reason,
}

/// Writes down what a case proposes.
pub async fn insert(tx: &mut Tx, case: CaseId, row: &SuspensionRow) -> Result<()> {
    tx.query("INSERT INTO suspension (case_id, is_lift, reason) VALUES ($1, $2, $3)")
        .bind(case)
        .bind(row.is_lift)
        .bind(row.reason.clone())
        .execute()
        .await?;
    Ok(())
}

/// What a case proposes, if it is about a suspension.
pub async fn lookup(tx: &mut Tx, case: CaseId) -> Result<Option<SuspensionRow>> {
    tx.query("SELECT is_lift, reason FROM suspension WHERE case_id = $1").bind(case).optional().await
}

/// Suspends an integration, or lifts its suspension.
pub async fn set(tx: &mut Tx, integration: IntegrationId, is_suspended: bool) -> Result<()> {
    let since = is_suspended.then(|| tx.now());
    tx.query("UPDATE integration SET suspended_at = $1, revision = revision + 1 WHERE id = $2")
        .bind(since)
        .bind(integration)
        .execute()
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kwanus_domain::case::CaseKind;

    use super::*;
    use crate::{
        case, integration,
        testing::{on_both_databases, register},
    };

    #[tokio::test]
    async fn an_integration_is_suspended_until_it_is_lifted() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one"]).await;
            let (id, reference) = case::insert(&mut tx, CaseKind::Suspension, integrations[0]).await.unwrap();
            assert_eq!(reference.to_string(), "EM-2026-0001");
            let row = SuspensionRow { is_lift: false, reason: Reason::parse("A leak").unwrap() };
            insert(&mut tx, id, &row).await.unwrap();
            assert_eq!(lookup(&mut tx, id).await.unwrap(), Some(row));
            for is_suspended in [true, false] {
                set(&mut tx, integrations[0], is_suspended).await.unwrap();
                let stored = integration::lookup(&mut tx, integrations[0]).await.unwrap().unwrap();
                assert_eq!(stored.suspended_at.is_some(), is_suspended);
            }
        })
        .await;
    }
}
