//! What partners appeal.

use std::collections::HashMap;

use kwanus_domain::{
    appeal::{NewFacts, Relief},
    case::CaseId,
};
use uuid::Uuid;

use crate::{Result, Tx};

/// An appeal as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AppealRow {
    /// The case whose decision is appealed.
    #[sqlx(try_from = "Uuid")]
    pub appealed_id: CaseId,
    /// What was not known as it was taken.
    #[sqlx(try_from = "String")]
    pub facts: NewFacts,
    /// What is asked for.
    #[sqlx(try_from = "String")]
    pub relief: Relief,
}

/// Writes down what a case appeals. A decision is appealed once: the second is a conflict.
pub async fn insert(tx: &mut Tx, case: CaseId, row: &AppealRow) -> Result<()> {
    tx.query("INSERT INTO appeal (case_id, appealed_id, facts, relief) VALUES ($1, $2, $3, $4)")
        .bind(case)
        .bind(row.appealed_id)
        .bind(row.facts.clone())
        .bind(row.relief.clone())
        .execute()
        .await?;
    Ok(())
}

/// What a case appeals, if it is an appeal.
pub async fn lookup(tx: &mut Tx, case: CaseId) -> Result<Option<AppealRow>> {
    tx.query("SELECT appealed_id, facts, relief FROM appeal WHERE case_id = $1").bind(case).optional().await
}

/// The appeal of a decision, if there is or was one.
pub async fn lookup_of(tx: &mut Tx, appealed: CaseId) -> Result<Option<CaseId>> {
    let row: Option<(Uuid,)> =
        tx.query("SELECT case_id FROM appeal WHERE appealed_id = $1").bind(appealed).optional().await?;
    Ok(row.map(|(id,)| id.into()))
}

/// The cases whose decisions these appeal.
pub async fn list_appealed(tx: &mut Tx, appeals: &[CaseId]) -> Result<HashMap<CaseId, CaseId>> {
    let query = tx.query("SELECT case_id, appealed_id FROM appeal WHERE case_id");
    let rows: Vec<(Uuid, Uuid)> = query.among(appeals.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|(appeal, appealed)| (appeal.into(), appealed.into())).collect())
}

#[cfg(test)]
mod tests {
    use kwanus_domain::case::CaseKind;

    use super::*;
    use crate::{
        Error, case,
        testing::{on_both_databases, register},
    };

    #[tokio::test]
    async fn a_decision_is_appealed_once() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one"]).await;
            let (appealed_id, _) = case::insert(&mut tx, CaseKind::Suspension, integrations[0]).await.unwrap();
            let (id, reference) = case::insert(&mut tx, CaseKind::Appeal, integrations[0]).await.unwrap();
            assert_eq!(reference.to_string(), "AP-2026-0001");
            assert_eq!(lookup_of(&mut tx, appealed_id).await.unwrap(), None);
            let facts = NewFacts::parse("The leak is closed").unwrap();
            let row = AppealRow { appealed_id, facts, relief: Relief::parse("Lift it").unwrap() };
            insert(&mut tx, id, &row).await.unwrap();
            assert_eq!(lookup(&mut tx, id).await.unwrap(), Some(row.clone()));
            assert_eq!(lookup(&mut tx, appealed_id).await.unwrap(), None);
            assert_eq!(lookup_of(&mut tx, appealed_id).await.unwrap(), Some(id));
            assert_eq!(list_appealed(&mut tx, &[id, appealed_id]).await.unwrap(), [(id, appealed_id)].into());
            let (second, _) = case::insert(&mut tx, CaseKind::Appeal, integrations[0]).await.unwrap();
            assert!(matches!(insert(&mut tx, second, &row).await, Err(Error::Conflict(_))));
        })
        .await;
    }
}
