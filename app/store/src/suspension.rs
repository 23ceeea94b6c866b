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
            for is_suspended in [true, false] {
                set(&mut tx, integrations[0], is_suspended).await.unwrap();
                let stored = integration::lookup(&mut tx, integrations[0]).await.unwrap().unwrap();
                assert_eq!(stored.suspended_at.is_some(), is_suspended);
            }
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
