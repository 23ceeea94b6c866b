//! What partners declare: a revision, its permissions, and what the rules found as it was submitted.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    case::CaseId,
    declaration::{Answer, DeclarationId, DeclaredPermission, DeclaredPermissionId, Question, Retention},
    integration::IntegrationId,
    permission::{FieldName, PermissionKey},
    policy::{Finding, Rule},
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

/// A revision as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeclarationRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: DeclarationId,
    /// Its number for its integration, from 1.
    pub number: i64,
    /// The version of the rules that it was submitted under.
    pub rules_version: Option<String>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// A declared permission as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPermission {
    /// Its identifier.
    pub id: DeclaredPermissionId,
    /// Counts its edits.
    pub revision: i64,
    /// What is declared.
    pub permission: DeclaredPermission,
}

#[derive(sqlx::FromRow)]
struct PermissionRow {
    #[sqlx(try_from = "Uuid")]
    id: DeclaredPermissionId,
    #[sqlx(try_from = "String")]
    permission_key: PermissionKey,
    fields: String,
    purpose: Option<String>,
    narrower: Option<String>,
    consent: Option<String>,
    deletion: Option<String>,
    if_refused: Option<String>,
    retention_hours: Option<i64>,
    until_date: Option<NaiveDate>,
    reason: Option<String>,
    revision: i64,
}

impl PermissionRow {
    fn read(self) -> Result<StoredPermission> {
        let inconsistent = |what: String| Error::Inconsistent(format!("declared permission {}: {what}", self.id));
        let answer = |text: Option<String>| text.map(Answer::try_from).transpose().map_err(inconsistent);
        let fields = self.fields.split(',').filter(|name| !name.is_empty());
        let permission = DeclaredPermission {
            key: self.permission_key,
            fields: fields
                .map(|name| FieldName::try_from(name.to_owned()))
                .collect::<Result<_, _>>()
                .map_err(inconsistent)?,
            answers: [
                answer(self.purpose)?,
                answer(self.narrower)?,
                answer(self.consent)?,
                answer(self.deletion)?,
                answer(self.if_refused)?,
            ],
            retention: self.retention_hours.map(|hours| Retention::hours(u32::try_from(hours).unwrap_or(u32::MAX))),
            until: self.until_date,
            reason: answer(self.reason)?,
        };
        Ok(StoredPermission { id: self.id, revision: self.revision, permission })
    }
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

/// The newest revision under a case.
pub async fn lookup_newest(tx: &mut Tx, case: CaseId) -> Result<Option<DeclarationRow>> {
    tx.query("SELECT id, number, rules_version, submitted_at FROM declaration WHERE case_id = $1 ORDER BY number DESC LIMIT 1")
        .bind(case)
        .optional()
        .await
}

/// The permissions of a revision, in the order in which they were added.
pub async fn list_permissions(tx: &mut Tx, declaration: DeclarationId) -> Result<Vec<StoredPermission>> {
    let rows: Vec<PermissionRow> = tx
        .query(
            "SELECT id, permission_key, fields, purpose, narrower, consent, deletion, if_refused, retention_hours,
                until_date, reason, revision
             FROM declared_permission WHERE declaration_id = $1 ORDER BY id",
        )
        .bind(declaration)
        .all()
        .await?;
    rows.into_iter().map(PermissionRow::read).collect()
}

/// Adds a permission about which nothing is answered yet.
pub async fn add_permission(
    tx: &mut Tx,
    declaration: DeclarationId,
    key: &PermissionKey,
) -> Result<DeclaredPermissionId> {
    let id: DeclaredPermissionId = tx.new_id();
    tx.query(
        "INSERT INTO declared_permission (id, declaration_id, permission_key, fields, revision) VALUES ($1, $2, $3, '', 1)",
    )
    .bind(id)
    .bind(declaration)
    .bind(key.clone())
    .execute()
    .await?;
    Ok(id)
}

/// Keeps what was answered about a permission that is still at `revision`; answers whether it was.
pub async fn update_permission(
    tx: &mut Tx,
    id: DeclaredPermissionId,
    permission: &DeclaredPermission,
    revision: i64,
) -> Result<bool> {
    let fields = permission.fields.iter().map(FieldName::as_str).collect::<Vec<_>>().join(",");
    let answer = |question| permission.answer(question).cloned();
    let changed = tx
        .query(
            "UPDATE declared_permission SET fields = $1, purpose = $2, narrower = $3, consent = $4, deletion = $5,
                if_refused = $6, retention_hours = $7, until_date = $8, reason = $9, revision = revision + 1
             WHERE id = $10 AND revision = $11",
        )
        .bind(fields)
        .bind(answer(Question::Purpose))
        .bind(answer(Question::Narrower))
        .bind(answer(Question::Consent))
        .bind(answer(Question::Deletion))
        .bind(answer(Question::IfRefused))
        .bind(permission.retention.map(|retention| i64::from(retention.in_hours())))
        .bind(permission.until)
        .bind(permission.reason.clone())
        .bind(id)
        .bind(revision)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Takes a permission out.
pub async fn delete_permission(tx: &mut Tx, id: DeclaredPermissionId) -> Result<()> {
    tx.query("DELETE FROM declared_permission WHERE id = $1").bind(id).execute().await?;
    Ok(())
}

/// Deletes a revision that was never submitted, with all that it declares.
pub async fn delete_draft(tx: &mut Tx, id: DeclarationId) -> Result<()> {
    tx.query("DELETE FROM declared_permission WHERE declaration_id = $1").bind(id).execute().await?;
    tx.query("DELETE FROM declaration WHERE id = $1 AND submitted_at IS NULL").bind(id).execute().await?;
    Ok(())
}

/// Marks a revision as submitted under a version of the rules, which nothing changes any more.
pub async fn submit(tx: &mut Tx, id: DeclarationId, rules_version: &str) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE declaration SET submitted_at = $1, rules_version = $2 WHERE id = $3 AND submitted_at IS NULL")
        .bind(now)
        .bind(rules_version)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// Keeps what the rules found in a permission as it was submitted.
pub async fn insert_findings(tx: &mut Tx, id: DeclaredPermissionId, findings: &[Finding]) -> Result<()> {
    for (position, finding) in (1_i64..).zip(findings) {
        tx.query(
            "INSERT INTO finding (declared_permission_id, position, rule, field, message) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(position)
        .bind(finding.rule.id())
        .bind(finding.field)
        .bind(&*finding.message)
        .execute()
        .await?;
    }
    Ok(())
}

/// What the rules found in a permission as it was submitted, in their order. Beside which field each stood is the form's
/// business, which is over.
pub async fn list_findings(tx: &mut Tx, id: DeclaredPermissionId) -> Result<Vec<Finding>> {
    let rows: Vec<(String, String)> = tx
        .query("SELECT rule, message FROM finding WHERE declared_permission_id = $1 ORDER BY position")
        .bind(id)
        .all()
        .await?;
    let read = |(rule, message): (String, String)| {
        let rule = Rule::from_id(&rule).ok_or_else(|| Error::Inconsistent(format!("there is no rule {rule}")))?;
        Ok(Finding { rule, field: "", message })
    };
    rows.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{case::CaseKind, policy::RULES_VERSION};

    use super::*;
    use crate::{
        case,
        testing::{on_both_databases, register},
    };

    async fn a_declaration(tx: &mut Tx) -> (CaseId, DeclarationId, IntegrationId) {
        let (_, integrations) = register(tx, "orbit", &["timeline"]).await;
        let (case, _) = case::insert(tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
        (case, insert(tx, case, integrations[0]).await.unwrap(), integrations[0])
    }

    fn key() -> PermissionKey {
        PermissionKey::parse("read:items.status").unwrap()
    }

    #[tokio::test]
    async fn what_was_answered_is_read_as_it_was_written() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, id, _) = a_declaration(&mut tx).await;
            let permission = add_permission(&mut tx, id, &key()).await.unwrap();
            let mut stored = list_permissions(&mut tx, id).await.unwrap().remove(0);
            assert_eq!(stored.permission, DeclaredPermission::new(key()));
            stored.permission.fields = ["items.id", "items.status"].map(|name| FieldName::parse(name).unwrap()).into();
            stored.permission.answers[2] = Some(Answer::parse("Screen 2\nevery time").unwrap());
            stored.permission.retention = Some(Retention::hours(24));
            stored.permission.until = Some("2027-03-31".parse().unwrap());
            assert!(update_permission(&mut tx, permission, &stored.permission, 1).await.unwrap());
            assert!(!update_permission(&mut tx, permission, &stored.permission, 1).await.unwrap(), "stale");
            let again = list_permissions(&mut tx, id).await.unwrap().remove(0);
            assert_eq!((again.permission, again.revision), (stored.permission, 2));
            delete_permission(&mut tx, permission).await.unwrap();
            assert_eq!(list_permissions(&mut tx, id).await.unwrap(), []);
        })
        .await;
    }

    #[tokio::test]
    async fn a_permission_is_declared_once() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, id, _) = a_declaration(&mut tx).await;
            add_permission(&mut tx, id, &key()).await.unwrap();
            assert!(matches!(add_permission(&mut tx, id, &key()).await, Err(Error::Conflict(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn revisions_number_for_each_integration_and_keep_what_was_found() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (case, first, integration) = a_declaration(&mut tx).await;
            let permission = add_permission(&mut tx, first, &key()).await.unwrap();
            let finding = Finding { rule: Rule::Write, field: "reason", message: "Weighed".into() };
            insert_findings(&mut tx, permission, &[finding.clone(), Finding { message: "Twice".into(), ..finding }])
                .await
                .unwrap();
            submit(&mut tx, first, RULES_VERSION).await.unwrap();
            let kept = list_findings(&mut tx, permission).await.unwrap();
            assert_eq!(kept.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>(), ["Weighed", "Twice"]);
            insert(&mut tx, case, integration).await.unwrap();
            let newest = lookup_newest(&mut tx, case).await.unwrap().unwrap();
            assert_eq!((newest.number, newest.submitted_at), (2, None));
            delete_draft(&mut tx, newest.id).await.unwrap();
            let newest = lookup_newest(&mut tx, case).await.unwrap().unwrap();
            assert_eq!((newest.number, newest.rules_version.as_deref()), (1, Some(RULES_VERSION)));
        })
        .await;
    }
}
