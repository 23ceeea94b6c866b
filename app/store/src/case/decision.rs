//! What was decided, with everything that it was decided on. Triggers on both databases refuse to change it.

use chrono::{DateTime, Utc};
use kwanus_domain::{ballot::Outcome, case::CaseId, integration::IntegrationId};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{Result, Tx};

/// A decision as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DecisionRow {
    /// On which case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    /// How it came out.
    #[sqlx(try_from = "String")]
    pub outcome: Outcome,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// The frozen facts.
    pub facts: Json<serde_json::Value>,
}

/// Writes a decision down, once.
pub async fn insert_decision(tx: &mut Tx, case: CaseId, outcome: Outcome, facts: serde_json::Value) -> Result<()> {
    let now = tx.now();
    tx.query("INSERT INTO decision (case_id, outcome, decided_at, facts) VALUES ($1, $2, $3, $4)")
        .bind(case)
        .bind(outcome)
        .bind(now)
        .bind(facts)
        .execute()
        .await?;
    Ok(())
}

/// The decision on a case, if there is one.
pub async fn lookup_decision(tx: &mut Tx, case: CaseId) -> Result<Option<DecisionRow>> {
    Ok(list_decisions(tx, &[case]).await?.pop())
}

/// The decisions on those of these cases that are decided.
pub async fn list_decisions(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<DecisionRow>> {
    tx.query("SELECT case_id, outcome, decided_at, facts FROM decision WHERE case_id")
        .among(cases.iter().copied())
        .all()
        .await
}

/// Up to `limit` decisions on steps to other stages and on suspensions of an integration, the newest first.
pub async fn list_decisions_of_integration(
    tx: &mut Tx,
    integration: IntegrationId,
    limit: u8,
) -> Result<Vec<DecisionRow>> {
    tx.query(
        "SELECT decision.case_id, decision.outcome, decision.decided_at, decision.facts
         FROM decision JOIN review_case ON review_case.id = decision.case_id
         WHERE review_case.integration_id = $1 AND review_case.kind IN ('LT', 'EM')
         ORDER BY decision.decided_at DESC, decision.case_id DESC LIMIT $2",
    )
    .bind(integration)
    .bind(i64::from(limit))
    .all()
    .await
}

#[cfg(test)]
mod tests {
    use kwanus_domain::case::CaseKind;
    use serde_json::json;

    use super::*;
    use crate::{
        case,
        testing::{on_both_databases, register},
    };

    #[tokio::test]
    async fn a_decision_is_made_once_and_never_changed() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one"]).await;
            let (id, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
            insert_decision(&mut tx, id, Outcome::Carried, json!({ "revision": 1 })).await.unwrap();
            tx.commit().await.unwrap();
            let decision = lookup_decision(&mut db.read().await.unwrap(), id).await.unwrap().unwrap();
            assert_eq!((decision.outcome, decision.facts.0), (Outcome::Carried, json!({ "revision": 1 })));
            assert_eq!(list_decisions(&mut db.read().await.unwrap(), &[]).await.unwrap(), []);
            for sql in ["UPDATE decision SET outcome = 'declined'", "DELETE FROM decision"] {
                assert!(db.write().await.unwrap().query(sql).execute().await.is_err(), "{sql}");
            }
            let mut tx = db.write().await.unwrap();
            assert!(insert_decision(&mut tx, id, Outcome::Declined, json!({})).await.is_err());
        })
        .await;
    }
}
