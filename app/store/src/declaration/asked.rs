//! What is asked for beside what its integration was granted before.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use kwanus_domain::{
    ballot::AskedBefore,
    case::CaseId,
    grant::EndCause,
    permission::{FieldName, PermissionKey},
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

/// How many of the grants of a permission to an integration are looked at, the newest first.
const MOST: i64 = 10;

#[derive(sqlx::FromRow)]
struct AskedRow {
    #[sqlx(try_from = "Uuid")]
    case_id: CaseId,
    #[sqlx(try_from = "String")]
    permission_key: PermissionKey,
    fields: String,
    until_date: Option<NaiveDate>,
    granted: Option<String>,
}

/// What the revision before the boards declares of each of these cases, by permission: each with the fields of the last grants
/// of it to the same integration, and with the day on which it is to end. What a review took back does not count as granted.
pub async fn list_asked(
    tx: &mut Tx,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, Vec<(AskedBefore, Option<NaiveDate>)>>> {
    let rows: Vec<AskedRow> = tx
        .query(
            "SELECT review_case.id AS case_id, declared_permission.permission_key, declared_permission.fields,
                declared_permission.until_date, granted.fields AS granted
             FROM review_case
             JOIN declaration ON declaration.case_id = review_case.id AND declaration.number = review_case.revision
             JOIN declared_permission ON declared_permission.declaration_id = declaration.id
             LEFT JOIN (
                SELECT permission_grant.integration_id, permission_grant.permission_key, earlier.fields,
                    ROW_NUMBER() OVER (PARTITION BY permission_grant.integration_id, permission_grant.permission_key
                        ORDER BY permission_grant.starts_at DESC, permission_grant.id DESC) AS place
                FROM permission_grant
                JOIN declared_permission AS earlier ON earlier.id = permission_grant.declared_permission_id
                WHERE (permission_grant.end_cause IS NULL OR permission_grant.end_cause <> $1)
                    AND permission_grant.integration_id IN (
                        SELECT asking.integration_id FROM review_case AS asking WHERE asking.id",
        )
        .bind(EndCause::Reduced)
        .among(cases.iter().copied())
        .append(
            ")) AS granted ON granted.integration_id = review_case.integration_id
                AND granted.permission_key = declared_permission.permission_key AND granted.place <= {}
             WHERE review_case.id",
            MOST,
        )
        .among(cases.iter().copied())
        .append_text(" ORDER BY declared_permission.permission_key")
        .all()
        .await?;
    let mut asked: HashMap<CaseId, BTreeMap<PermissionKey, (AskedBefore, Option<NaiveDate>)>> = HashMap::new();
    for row in rows {
        let fields = read(&row.fields)?;
        let of_case = asked.entry(row.case_id).or_default();
        let (asked, _) = of_case
            .entry(row.permission_key.clone())
            .or_insert_with(|| (AskedBefore { key: row.permission_key, fields, granted: vec![] }, row.until_date));
        if let Some(granted) = row.granted {
            asked.granted.push(read(&granted)?);
        }
    }
    Ok(asked.into_iter().map(|(case, of_case)| (case, of_case.into_values().collect())).collect())
}

fn read(fields: &str) -> Result<BTreeSet<FieldName>> {
    let names = fields.split(',').filter(|name| !name.is_empty());
    names.map(|name| FieldName::try_from(name.to_owned()).map_err(Error::Inconsistent)).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        case::CaseKind,
        declaration::{DeclaredPermission, DeclaredPermissionId},
        integration::IntegrationId,
    };

    use super::*;
    use crate::{
        case,
        declaration::{add_permission, insert, update_permission},
        grant,
        testing::{on_both_databases, register},
    };

    /// A case of the integration that asks for these fields, and was submitted.
    async fn asking(tx: &mut Tx, integration: IntegrationId, fields: &[&str]) -> (CaseId, DeclaredPermissionId) {
        let key = PermissionKey::parse("read:items.status").unwrap();
        let (case, _) = case::insert(tx, CaseKind::PermissionJustification, integration).await.unwrap();
        let declaration = insert(tx, case, integration).await.unwrap();
        let number = crate::declaration::lookup_newest(tx, case).await.unwrap().unwrap().number;
        let id = add_permission(tx, declaration, &key).await.unwrap();
        let fields = fields.iter().map(|name| FieldName::parse(name).unwrap()).collect();
        let declared = DeclaredPermission { fields, ..DeclaredPermission::new(key) };
        assert!(update_permission(tx, id, &declared, 1).await.unwrap());
        case::submit(tx, case, number, None).await.unwrap();
        (case, id)
    }

    async fn is_first(tx: &mut Tx, case: CaseId) -> bool {
        let asked = list_asked(tx, &[case]).await.unwrap().remove(&case).unwrap();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked[0].0.is_first()
    }

    #[tokio::test]
    async fn what_was_granted_to_the_same_integration_is_known_unless_a_review_took_it_back() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["timeline", "notes"]).await;
            let ends_at = tx.now() + Duration::days(90);
            let carried = kwanus_domain::ballot::Outcome::Carried;
            let (first, declared) = asking(&mut tx, integrations[0], &["items.id", "items.status"]).await;
            assert!(is_first(&mut tx, first).await);
            let grant = grant::insert(&mut tx, integrations[0], first, declared, ends_at).await.unwrap();
            case::decide(&mut tx, first, carried).await.unwrap();
            let (fewer, _) = asking(&mut tx, integrations[0], &["items.id"]).await;
            assert!(!is_first(&mut tx, fewer).await);
            let (other, _) = asking(&mut tx, integrations[1], &["items.id"]).await;
            assert!(is_first(&mut tx, other).await, "another integration had it");
            let both = list_asked(&mut tx, &[fewer, other]).await.unwrap();
            assert_eq!(both.len(), 2);
            grant::end(&mut tx, grant, fewer, EndCause::Reduced).await.unwrap();
            assert!(is_first(&mut tx, fewer).await, "a review took it back");
            assert!(list_asked(&mut tx, &[]).await.unwrap().is_empty());
        })
        .await;
    }
}
