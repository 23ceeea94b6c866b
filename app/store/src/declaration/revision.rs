//! The revisions of what an integration declares.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    case::{CaseId, CaseRef, CaseState},
    declaration::{DeclarationId, DeclaredPermissionId},
    integration::{IntegrationId, Layers, Stage},
    partner::Tier,
    permission::PermissionKey,
};
use uuid::Uuid;

use crate::{Result, Tx, case::ReferenceRow, evidence};

/// A revision as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeclarationRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: DeclarationId,
    /// Its number for its integration, from 1.
    pub number: i64,
    /// Counts what was changed in it; what is submitted names the one that was checked.
    pub revision: i64,
    /// The version of the rules that it was submitted under.
    pub rules_version: Option<String>,
    /// The version of the catalogue that it was submitted under.
    pub catalogue_version: Option<i64>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// Begins the next revision of what an integration declares, under a case.
pub async fn insert(tx: &mut Tx, case: CaseId, integration: IntegrationId) -> Result<DeclarationId> {
    let id: DeclarationId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO declaration (id, case_id, integration_id, number, created_at)
         SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, $4 FROM declaration WHERE integration_id = $5",
    )
    .bind(id)
    .bind(case)
    .bind(integration)
    .bind(now)
    .bind(integration)
    .execute()
    .await?;
    Ok(id)
}

macro_rules! select_declaration {
    () => {
        "SELECT id, number, revision, rules_version, catalogue_version, submitted_at FROM declaration"
    };
}

/// The newest revision under a case.
pub async fn lookup_newest(tx: &mut Tx, case: CaseId) -> Result<Option<DeclarationRow>> {
    tx.query(concat!(select_declaration!(), " WHERE case_id = $1 ORDER BY number DESC LIMIT 1"))
        .bind(case)
        .optional()
        .await
}

/// The revisions under a case, the first one first.
pub async fn list_of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<DeclarationRow>> {
    tx.query(concat!(select_declaration!(), " WHERE case_id = $1 ORDER BY number")).bind(case).all().await
}

/// A revision under a case, by its number.
pub async fn lookup_number(tx: &mut Tx, case: CaseId, number: i64) -> Result<Option<DeclarationRow>> {
    tx.query(concat!(select_declaration!(), " WHERE case_id = $1 AND number = $2"))
        .bind(case)
        .bind(number)
        .optional()
        .await
}

/// The newest revision of an integration that was carried, or whose appeal was, before revision `before`.
pub async fn lookup_carried(tx: &mut Tx, integration: IntegrationId, before: i64) -> Result<Option<DeclarationRow>> {
    tx.query(
        "SELECT declaration.id, declaration.number, declaration.revision, declaration.rules_version,
            declaration.catalogue_version, declaration.submitted_at
         FROM declaration JOIN review_case ON review_case.id = declaration.case_id
         WHERE declaration.integration_id = $1 AND declaration.number < $2 AND review_case.revision = declaration.number
            AND (review_case.state = 'carried' OR EXISTS (SELECT 1 FROM appeal
                JOIN review_case AS appealing ON appealing.id = appeal.case_id
                WHERE appeal.appealed_id = review_case.id AND appealing.state = 'carried'))
         ORDER BY declaration.number DESC LIMIT 1",
    )
    .bind(integration)
    .bind(before)
    .optional()
    .await
}

/// The revision in which something was declared.
pub async fn lookup_of_permission(tx: &mut Tx, declared: DeclaredPermissionId) -> Result<Option<DeclarationRow>> {
    tx.query(concat!(
        select_declaration!(),
        " WHERE id = (SELECT declaration_id FROM declared_permission WHERE id = $1)"
    ))
    .bind(declared)
    .optional()
    .await
}

/// A revision that was submitted, with the case that it was submitted in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SubmittedRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: DeclarationId,
    /// Its number for its integration.
    pub revision: i64,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// How far the case is.
    #[sqlx(try_from = "String")]
    pub state: CaseState,
    /// Whether no other revision followed it there.
    pub is_last: bool,
}

macro_rules! select_submitted {
    () => {
        "SELECT declaration.id, declaration.number AS revision, declaration.submitted_at, review_case.kind,
            review_case.year, review_case.number, review_case.state,
            review_case.revision = declaration.number AS is_last
         FROM declaration JOIN review_case ON review_case.id = declaration.case_id
         WHERE declaration.integration_id = $1 AND declaration.submitted_at IS NOT NULL"
    };
}

/// Up to `limit` revisions of an integration that were submitted, in whichever case, the newest first.
pub async fn list_submitted(tx: &mut Tx, integration: IntegrationId, limit: u8) -> Result<Vec<SubmittedRow>> {
    tx.query(concat!(select_submitted!(), " ORDER BY declaration.number DESC LIMIT $2"))
        .bind(integration)
        .bind(i64::from(limit))
        .all()
        .await
}

/// A revision of an integration that was submitted, by its number.
pub async fn lookup_submitted(tx: &mut Tx, integration: IntegrationId, number: i64) -> Result<Option<SubmittedRow>> {
    tx.query(concat!(select_submitted!(), " AND declaration.number = $2"))
        .bind(integration)
        .bind(number)
        .optional()
        .await
}

/// Counts a change of a draft.
pub async fn touch(tx: &mut Tx, id: DeclarationId) -> Result<()> {
    tx.query("UPDATE declaration SET revision = revision + 1 WHERE id = $1").bind(id).execute().await?;
    Ok(())
}

/// Deletes a revision that was never submitted, with all that it declares.
pub async fn delete_draft(tx: &mut Tx, id: DeclarationId) -> Result<()> {
    evidence::delete_of_declaration(tx, id).await?;
    tx.query("DELETE FROM declared_permission WHERE declaration_id = $1").bind(id).execute().await?;
    tx.query("DELETE FROM declaration WHERE id = $1 AND submitted_at IS NULL").bind(id).execute().await?;
    Ok(())
}

/// Marks a revision as submitted under a version of the rules and one of the catalogue, which nothing changes any more.
pub async fn submit(tx: &mut Tx, id: DeclarationId, rules_version: &str, catalogue_version: i64) -> Result<()> {
    let now = tx.now();
    tx.query(
        "UPDATE declaration SET submitted_at = $1, rules_version = $2, catalogue_version = $3
         WHERE id = $4 AND submitted_at IS NULL",
    )
    .bind(now)
    .bind(rules_version)
    .bind(catalogue_version)
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

/// What an open submission is read against, besides the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenRow {
    /// The revision before the boards.
    #[sqlx(try_from = "Uuid")]
    pub declaration: DeclarationId,
    /// The tier of its partner.
    #[sqlx(try_from = "i64")]
    pub tier: Tier,
    /// The layers of its integration.
    #[sqlx(try_from = "String")]
    pub layers: Layers,
    /// The stage of its integration.
    #[sqlx(try_from = "String")]
    pub stage: Stage,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
}

/// Up to `limit` revisions that are before the boards, the newest first.
pub async fn list_open(tx: &mut Tx, limit: u8) -> Result<Vec<OpenRow>> {
    tx.query(
        "SELECT declaration.id AS declaration, partner.tier, integration.layers, integration.stage,
            declaration.submitted_at
         FROM review_case
         JOIN declaration ON declaration.case_id = review_case.id AND declaration.number = review_case.revision
         JOIN integration ON integration.id = review_case.integration_id
         JOIN partner ON partner.id = integration.partner_id
         WHERE review_case.kind = 'PJ' AND review_case.state = 'open' AND declaration.submitted_at IS NOT NULL
         ORDER BY review_case.submitted_at DESC, review_case.id DESC LIMIT $1",
    )
    .bind(i64::from(limit))
    .all()
    .await
}

/// The cases in which one of these permissions is before the boards, the first one first; up to `limit` of them, if there is
/// one.
pub async fn list_asking(tx: &mut Tx, keys: &[PermissionKey], limit: Option<u8>) -> Result<Vec<CaseId>> {
    let rows: Vec<(Uuid,)> = tx
        .query(
            "SELECT DISTINCT review_case.id
             FROM review_case
             JOIN declaration ON declaration.case_id = review_case.id AND declaration.number = review_case.revision
             JOIN declared_permission ON declared_permission.declaration_id = declaration.id
             WHERE review_case.kind = 'PJ' AND review_case.state = 'open' AND declared_permission.permission_key",
        )
        .among(keys.iter().cloned())
        .append_text(" ORDER BY review_case.id")
        .append_if(" LIMIT {}", limit.map(i64::from))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

#[cfg(test)]
pub(super) mod tests {
    use kwanus_domain::{
        case::CaseKind,
        declaration::Part,
        policy::{Finding, Place, RULES_VERSION, Rule},
    };

    use super::*;
    use crate::{
        case,
        declaration::{add_permission, count_findings, insert_findings, list_findings},
        testing::{on_both_databases, register},
    };

    fn key() -> PermissionKey {
        PermissionKey::parse("read:items.status").unwrap()
    }

    pub async fn a_declaration(tx: &mut Tx, partner: &str) -> (CaseId, DeclarationId, IntegrationId) {
        let (_, integrations) = register(tx, partner, &["timeline"]).await;
        let (case, _) = case::insert(tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
        (case, insert(tx, case, integrations[0]).await.unwrap(), integrations[0])
    }

    #[tokio::test]
    async fn revisions_number_for_each_integration_and_keep_what_was_found() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (case, first, integration) = a_declaration(&mut tx, "orbit").await;
            let permission = add_permission(&mut tx, first, &key()).await.unwrap();
            let rule = Rule::from_id("PIS-3.write").unwrap();
            let place = Place { part: Part::Permission(0), field: "reason" };
            let finding = Finding { rule, place, message: "Weighed".into(), is_unanswered: false };
            insert_findings(&mut tx, permission, &[finding.clone(), Finding { message: "Twice".into(), ..finding }])
                .await
                .unwrap();
            submit(&mut tx, first, RULES_VERSION, 1).await.unwrap();
            case::submit(&mut tx, case, 1, None).await.unwrap();
            let other = PermissionKey::parse("read:items.type").unwrap();
            add_permission(&mut tx, first, &other).await.unwrap();
            let risk = count_findings(&mut tx, &[case]).await.unwrap()[&case];
            assert_eq!((risk.permissions, risk.restricted, risk.forbidden), (2, 1, 0));
            let kept = list_findings(&mut tx, permission).await.unwrap();
            assert_eq!(kept.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>(), ["Weighed", "Twice"]);
            assert!(kept.iter().all(|finding| finding.place == place), "{kept:?}");
            let open = list_open(&mut tx, 9).await.unwrap();
            assert_eq!(open.iter().map(|row| (row.declaration, row.tier)).collect::<Vec<_>>(), [(first, Tier::Two)]);
            assert_eq!(list_asking(&mut tx, &[other.clone(), key()], None).await.unwrap(), [case], "once");
            assert_eq!(list_asking(&mut tx, &[key()], Some(1)).await.unwrap(), [case]);
            assert!(list_asking(&mut tx, &[], None).await.unwrap().is_empty());
            let third = PermissionKey::parse("read:items.dates").unwrap();
            assert!(list_asking(&mut tx, &[third], None).await.unwrap().is_empty());
            let second = insert(&mut tx, case, integration).await.unwrap();
            let submitted = list_submitted(&mut tx, integration, 9).await.unwrap();
            let said: Vec<_> = submitted.iter().map(|row| (row.id, row.revision, row.state, row.is_last)).collect();
            assert_eq!(said, [(first, 1, CaseState::Open, true)], "a draft is not among them");
            assert_eq!(lookup_submitted(&mut tx, integration, 1).await.unwrap().as_ref(), submitted.first());
            assert_eq!(lookup_submitted(&mut tx, integration, 2).await.unwrap(), None);
            let (_, _, other_integration) = a_declaration(&mut tx, "helio").await;
            assert_eq!(list_submitted(&mut tx, other_integration, 9).await.unwrap(), []);
            let newest = lookup_newest(&mut tx, case).await.unwrap().unwrap();
            assert_eq!((newest.id, newest.number, newest.submitted_at), (second, 2, None));
            let all = list_of_case(&mut tx, case).await.unwrap();
            assert_eq!(all.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2]);
            delete_draft(&mut tx, newest.id).await.unwrap();
            let newest = lookup_newest(&mut tx, case).await.unwrap().unwrap();
            assert_eq!((newest.number, newest.rules_version.as_deref()), (1, Some(RULES_VERSION)));
            assert_eq!(newest.catalogue_version, Some(1));
        })
        .await;
    }
}
