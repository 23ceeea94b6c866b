//! What cases about a suspension propose, or did.

use kwanus_domain::{
    ballot::Reason,
    case::CaseId,
    integration::IntegrationId,
    permission::PermissionKey,
    suspension::{Act, Extent},
};

use crate::{Error, Result, Tx};

/// A suspension, or the lifting of one, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuspensionRow {
    /// What the case does.
    pub act: Act,
    /// How much it is about.
    pub extent: Extent,
    /// Why.
    pub reason: Reason,
}

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "String")]
    act: Act,
    #[sqlx(try_from = "String")]
    reason: Reason,
}

/// Writes down what a case proposes, or did.
pub async fn insert(tx: &mut Tx, case: CaseId, row: &SuspensionRow) -> Result<()> {
    tx.query("INSERT INTO suspension (case_id, act, reason) VALUES ($1, $2, $3)")
        .bind(case)
        .bind(row.act)
        .bind(row.reason.clone())
        .execute()
        .await?;
    for key in row.extent.named() {
        tx.query("INSERT INTO suspension_permission (case_id, permission_key) VALUES ($1, $2)")
            .bind(case)
            .bind(key.clone())
            .execute()
            .await?;
    }
    Ok(())
}

/// What a case proposes, or did, if it is about a suspension.
pub async fn lookup(tx: &mut Tx, case: CaseId) -> Result<Option<SuspensionRow>> {
    let stored = tx.query("SELECT act, reason FROM suspension WHERE case_id = $1").bind(case).optional().await?;
    let Some(Stored { act, reason }) = stored else { return Ok(None) };
    let named: Vec<(String,)> =
        tx.query("SELECT permission_key FROM suspension_permission WHERE case_id = $1").bind(case).all().await?;
    let named = named.into_iter().map(|(key,)| PermissionKey::try_from(key)).collect::<Result<_, _>>();
    let extent = Extent::of(named.map_err(Error::Inconsistent)?);
    Ok(Some(SuspensionRow { act, extent, reason }))
}

/// Suspends an integration by a case, which takes it over where it is suspended already.
pub async fn begin(tx: &mut Tx, integration: IntegrationId, by: CaseId) -> Result<()> {
    let now = tx.now();
    tx.query(
        "UPDATE integration SET suspended_at = COALESCE(suspended_at, $1), suspended_by = $2, revision = revision + 1
         WHERE id = $3",
    )
    .bind(now)
    .bind(by)
    .bind(integration)
    .execute()
    .await?;
    Ok(())
}

/// Lifts the suspension of an integration.
pub async fn end(tx: &mut Tx, integration: IntegrationId) -> Result<()> {
    tx.query(
        "UPDATE integration SET suspended_at = NULL, suspended_by = NULL, revision = revision + 1
         WHERE id = $1 AND suspended_at IS NOT NULL",
    )
    .bind(integration)
    .execute()
    .await?;
    Ok(())
}

/// Lifts what a case suspended as a whole, unless another case has taken that over.
pub async fn end_of(tx: &mut Tx, case: CaseId) -> Result<()> {
    tx.query(
        "UPDATE integration SET suspended_at = NULL, suspended_by = NULL, revision = revision + 1 WHERE suspended_by = $1",
    )
    .bind(case)
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
            let one = integrations[0];
            let (first, _) = case::insert(&mut tx, CaseKind::Suspension, one).await.unwrap();
            let (second, _) = case::insert(&mut tx, CaseKind::Suspension, one).await.unwrap();
            let since = tx.now();
            let suspended_at = async |tx: &mut Tx| integration::lookup(tx, one).await.unwrap().unwrap().suspended_at;
            begin(&mut tx, one, first).await.unwrap();
            assert_eq!(suspended_at(&mut tx).await, Some(since));
            end_of(&mut tx, second).await.unwrap();
            assert_eq!(suspended_at(&mut tx).await, Some(since), "another case is another matter");
            begin(&mut tx, one, second).await.unwrap();
            end_of(&mut tx, first).await.unwrap();
            assert_eq!(suspended_at(&mut tx).await, Some(since), "the second has taken it over");
            end_of(&mut tx, second).await.unwrap();
            assert_eq!(suspended_at(&mut tx).await, None);
            begin(&mut tx, one, first).await.unwrap();
            end(&mut tx, one).await.unwrap();
            assert_eq!(suspended_at(&mut tx).await, None);
        })
        .await;
    }

    #[tokio::test]
    async fn what_a_case_is_about_reads_back_as_it_was_written() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one", "two", "three"]).await;
            let keys = ["read:items.type", "read:items.status"].map(|key| PermissionKey::parse(key).unwrap());
            for (integration, (act, extent)) in integrations.into_iter().zip([
                (Act::Suspend, Extent::Integration),
                (Act::AtOnce, Extent::Grants(keys.into())),
                (Act::Lift, Extent::Integration),
            ]) {
                let (id, reference) = case::insert(&mut tx, CaseKind::Suspension, integration).await.unwrap();
                assert_eq!(lookup(&mut tx, id).await.unwrap(), None, "{reference}");
                let row = SuspensionRow { act, extent, reason: Reason::parse("A leak").unwrap() };
                insert(&mut tx, id, &row).await.unwrap();
                assert_eq!(lookup(&mut tx, id).await.unwrap(), Some(row));
            }
        })
        .await;
    }
}
