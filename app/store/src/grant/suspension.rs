//! Grants that rest by themselves, whatever their integration does.

use std::collections::BTreeSet;

use kwanus_domain::{case::CaseId, integration::IntegrationId, permission::PermissionKey};

use crate::{Error, Result, Tx};

/// Lets the grants of these permissions of an integration rest from now on, by a case; those that rest already go on as they
/// do.
pub async fn suspend(
    tx: &mut Tx,
    integration: IntegrationId,
    permissions: &BTreeSet<PermissionKey>,
    by: CaseId,
) -> Result<()> {
    let now = tx.now();
    tx.query(
        "UPDATE permission_grant SET suspended_at = $1, suspended_by = $2
         WHERE integration_id = $3 AND ended_at IS NULL AND suspended_at IS NULL AND permission_key",
    )
    .bind(now)
    .bind(by)
    .bind(integration)
    .among(permissions.iter().cloned())
    .execute()
    .await?;
    Ok(())
}

/// Lets the grants of these permissions of an integration do again what they did.
pub async fn resume(tx: &mut Tx, integration: IntegrationId, permissions: &BTreeSet<PermissionKey>) -> Result<()> {
    tx.query(
        "UPDATE permission_grant SET suspended_at = NULL, suspended_by = NULL
         WHERE integration_id = $1 AND ended_at IS NULL AND permission_key",
    )
    .bind(integration)
    .among(permissions.iter().cloned())
    .execute()
    .await?;
    Ok(())
}

/// Lets every grant that rests by a case do again what it did, and no other.
pub async fn resume_of(tx: &mut Tx, case: CaseId) -> Result<()> {
    tx.query("UPDATE permission_grant SET suspended_at = NULL, suspended_by = NULL WHERE suspended_by = $1")
        .bind(case)
        .execute()
        .await?;
    Ok(())
}

/// Withholds what a case granted from now on, for a condition of it that is overdue; answers which permissions rest for its
/// conditions. Apart from every other suspension: what rests by one of those rests by both.
pub async fn withhold(tx: &mut Tx, case: CaseId) -> Result<Vec<PermissionKey>> {
    let now = tx.now();
    tx.query(
        "UPDATE permission_grant SET withheld_at = $1, withheld_by = $2
         WHERE case_id = $3 AND ended_at IS NULL AND ends_at > $4 AND withheld_at IS NULL",
    )
    .bind(now)
    .bind(case)
    .bind(case)
    .bind(now)
    .execute()
    .await?;
    withheld(tx, case).await
}

/// Restores what was withheld for conditions of a case, or stands in its place; answers which permissions.
pub async fn restore(tx: &mut Tx, case: CaseId) -> Result<Vec<PermissionKey>> {
    let keys = withheld(tx, case).await?;
    tx.query("UPDATE permission_grant SET withheld_at = NULL, withheld_by = NULL WHERE withheld_by = $1")
        .bind(case)
        .execute()
        .await?;
    Ok(keys)
}

async fn withheld(tx: &mut Tx, case: CaseId) -> Result<Vec<PermissionKey>> {
    let now = tx.now();
    let rows: Vec<(String,)> = tx
        .query(
            "SELECT permission_key FROM permission_grant
             WHERE withheld_by = $1 AND ended_at IS NULL AND ends_at > $2 ORDER BY permission_key",
        )
        .bind(case)
        .bind(now)
        .all()
        .await?;
    let read = |(key,): (String,)| PermissionKey::try_from(key).map_err(Error::Inconsistent);
    rows.into_iter().map(read).collect()
}

/// Lets what a case grants rest where it stands in the place of what rested, and was ended by that case or another: to be granted
/// anew lifts no suspension.
pub async fn inherit(tx: &mut Tx, case: CaseId, ended_by: CaseId) -> Result<()> {
    tx.query(
        "UPDATE permission_grant SET (suspended_at, suspended_by, withheld_at, withheld_by) = (
            SELECT earlier.suspended_at, earlier.suspended_by, earlier.withheld_at, earlier.withheld_by FROM permission_grant AS earlier
            WHERE earlier.integration_id = permission_grant.integration_id
                AND earlier.permission_key = permission_grant.permission_key AND earlier.ended_by = $1)
         WHERE case_id = $2 AND suspended_at IS NULL",
    )
    .bind(ended_by)
    .bind(case)
    .execute()
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        case::{CaseKind, CaseRef},
        grant::EndCause,
    };

    use super::*;
    use crate::{
        case, declaration, grant,
        testing::{on_both_databases_with_clock, register},
    };

    fn keys(keys: &[&str]) -> BTreeSet<PermissionKey> {
        keys.iter().map(|key| PermissionKey::parse(key).unwrap()).collect()
    }

    /// A case that grants these permissions in the place of what was granted before.
    async fn granting(tx: &mut Tx, integration: IntegrationId, permissions: &[&str]) -> CaseId {
        let (case, _) = case::insert(tx, CaseKind::PermissionJustification, integration).await.unwrap();
        let declaration = declaration::insert(tx, case, integration).await.unwrap();
        grant::end_all(tx, integration, case, EndCause::Superseded).await.unwrap();
        for key in keys(permissions) {
            let id = declaration::add_permission(tx, declaration, &key).await.unwrap();
            let ends_at = tx.now() + Duration::days(30);
            grant::insert(tx, integration, case, id, ends_at).await.unwrap();
        }
        inherit(tx, case, case).await.unwrap();
        case::submit(tx, case, 1, None).await.unwrap();
        case::withdraw(tx, case).await.unwrap();
        case
    }

    /// The permissions of an integration that rest, with the case by which they do.
    async fn resting(tx: &mut Tx, integration: IntegrationId) -> Vec<(String, CaseRef)> {
        let current = grant::list_current(tx, integration).await.unwrap();
        current.into_iter().filter_map(|row| Some((row.key.to_string(), row.suspended?.1))).collect()
    }

    #[tokio::test]
    async fn a_grant_rests_until_it_is_lifted_or_its_case_lapses_and_no_other_with_it() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one", "two"]).await;
            let [one, two] = [integrations[0], integrations[1]];
            for integration in [one, two] {
                granting(&mut tx, integration, &["read:items.dates", "read:items.status", "read:items.type"]).await;
            }
            let before = grant::list_current(&mut tx, one).await.unwrap();
            let (first, reference) = case::insert(&mut tx, CaseKind::Suspension, one).await.unwrap();
            suspend(&mut tx, one, &keys(&["read:items.status", "read:items.type"]), first).await.unwrap();
            let since = tx.now();
            case::submit(&mut tx, first, 1, None).await.unwrap();
            case::withdraw(&mut tx, first).await.unwrap();
            clock.advance(Duration::days(1));
            let (second, other) = case::insert(&mut tx, CaseKind::Suspension, one).await.unwrap();
            suspend(&mut tx, one, &keys(&["read:items.status", "read:items.dates"]), second).await.unwrap();
            let named =
                |of: &[(&str, CaseRef)]| of.iter().map(|(key, by)| ((*key).to_owned(), *by)).collect::<Vec<_>>();
            assert_eq!(
                resting(&mut tx, one).await,
                named(&[("read:items.dates", other), ("read:items.status", reference), ("read:items.type", reference)])
            );
            assert_eq!(grant::list_current(&mut tx, one).await.unwrap()[1].suspended, Some((since, reference)));
            assert_eq!(resting(&mut tx, two).await, [], "another integration is another matter");
            resume_of(&mut tx, second).await.unwrap();
            resume(&mut tx, one, &keys(&["read:items.type", "read:items.dates"])).await.unwrap();
            assert_eq!(resting(&mut tx, one).await, named(&[("read:items.status", reference)]));
            resume_of(&mut tx, first).await.unwrap();
            assert_eq!(grant::list_current(&mut tx, one).await.unwrap(), before, "as it was before");
        })
        .await;
    }

    #[tokio::test]
    async fn what_rests_for_a_condition_is_restored_alone_and_exactly() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one", "two"]).await;
            let one = integrations[0];
            let granted = granting(&mut tx, one, &["read:items.status", "read:items.type"]).await;
            granting(&mut tx, integrations[1], &["read:items.status"]).await;
            let before = grant::list_current(&mut tx, one).await.unwrap();
            let both = keys(&["read:items.status", "read:items.type"]).into_iter().collect::<Vec<_>>();
            // One of them rests by an emergency before, and one by another after.
            let (first, reference) = case::insert(&mut tx, CaseKind::Suspension, one).await.unwrap();
            suspend(&mut tx, one, &keys(&["read:items.status"]), first).await.unwrap();
            case::submit(&mut tx, first, 1, None).await.unwrap();
            case::withdraw(&mut tx, first).await.unwrap();
            assert_eq!(withhold(&mut tx, granted).await.unwrap(), both);
            let since = tx.now();
            clock.advance(Duration::days(1));
            assert_eq!(withhold(&mut tx, granted).await.unwrap(), both, "twice is once");
            let (second, other) = case::insert(&mut tx, CaseKind::Suspension, one).await.unwrap();
            suspend(&mut tx, one, &keys(&["read:items.type"]), second).await.unwrap();
            for row in grant::list_current(&mut tx, one).await.unwrap() {
                assert_eq!(row.withheld, Some((since, before[0].case)));
            }
            assert!(
                grant::list_current(&mut tx, integrations[1]).await.unwrap().iter().all(|row| row.withheld.is_none())
            );
            resume_of(&mut tx, first).await.unwrap();
            assert_eq!(restore(&mut tx, granted).await.unwrap(), both);
            assert_eq!(resting(&mut tx, one).await, [("read:items.type".to_owned(), other)], "not what another did");
            assert_ne!(reference, other);
            resume_of(&mut tx, second).await.unwrap();
            assert_eq!(grant::list_current(&mut tx, one).await.unwrap(), before, "as it was before");
            assert_eq!(restore(&mut tx, granted).await.unwrap(), []);
            // What is granted anew goes on resting, and what restores it is the same.
            withhold(&mut tx, granted).await.unwrap();
            granting(&mut tx, one, &["read:items.status"]).await;
            assert!(grant::list_current(&mut tx, one).await.unwrap()[0].withheld.is_some());
            assert_eq!(restore(&mut tx, granted).await.unwrap(), [both[0].clone()]);
            assert!(grant::list_current(&mut tx, one).await.unwrap()[0].withheld.is_none());
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_granted_anew_goes_on_resting() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one"]).await;
            let one = integrations[0];
            granting(&mut tx, one, &["read:items.status", "read:items.type"]).await;
            let (case, reference) = case::insert(&mut tx, CaseKind::Suspension, one).await.unwrap();
            suspend(&mut tx, one, &keys(&["read:items.status"]), case).await.unwrap();
            for permissions in [&["read:items.status", "read:items.dates"][..], &["read:items.status"]] {
                clock.advance(Duration::days(1));
                granting(&mut tx, one, permissions).await;
                assert_eq!(resting(&mut tx, one).await, [("read:items.status".to_owned(), reference)]);
            }
            // Whatever lets it go lets go what stands in its place.
            resume_of(&mut tx, case).await.unwrap();
            granting(&mut tx, one, &["read:items.status"]).await;
            assert_eq!(resting(&mut tx, one).await, []);
        })
        .await;
    }
}
