//! The permissions of a revision, and what the rules found in them as it was submitted.

use chrono::NaiveDate;
use kwanus_domain::{
    declaration::{Answer, DeclarationId, DeclaredPermission, DeclaredPermissionId, Part, Question, Retention},
    permission::{FieldName, PermissionKey},
    policy::{Finding, Place, Rule},
};
use uuid::Uuid;

use crate::{Error, Result, Tx, evidence};

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
    compliance_note: Option<String>,
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
                answer(self.compliance_note)?,
            ],
            retention: self.retention_hours.map(|hours| Retention::hours(u32::try_from(hours).unwrap_or(u32::MAX))),
            until: self.until_date,
            reason: answer(self.reason)?,
        };
        Ok(StoredPermission { id: self.id, revision: self.revision, permission })
    }
}

/// The permissions of a revision, in the order in which they were added.
pub async fn list_permissions(tx: &mut Tx, declaration: DeclarationId) -> Result<Vec<StoredPermission>> {
    let rows: Vec<PermissionRow> = tx
        .query(
            "SELECT id, permission_key, fields, purpose, narrower, consent, deletion, if_refused, compliance_note,
                retention_hours, until_date, reason, revision
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
                if_refused = $6, compliance_note = $7, retention_hours = $8, until_date = $9, reason = $10,
                revision = revision + 1
             WHERE id = $11 AND revision = $12",
        )
        .bind(fields)
        .bind(answer(Question::Purpose))
        .bind(answer(Question::Narrower))
        .bind(answer(Question::Consent))
        .bind(answer(Question::Deletion))
        .bind(answer(Question::IfRefused))
        .bind(answer(Question::ComplianceNote))
        .bind(permission.retention.map(|retention| i64::from(retention.in_hours())))
        .bind(permission.until)
        .bind(permission.reason.clone())
        .bind(id)
        .bind(revision)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Declares in one revision what another declares, answers, evidence and all.
pub(super) async fn copy_permissions(tx: &mut Tx, from: DeclarationId, to: DeclarationId) -> Result<()> {
    for stored in list_permissions(tx, from).await? {
        let id = add_permission(tx, to, &stored.permission.key).await?;
        update_permission(tx, id, &stored.permission, 1).await?;
        evidence::copy(tx, stored.id, id).await?;
    }
    Ok(())
}

/// Takes a permission out, with its evidence.
pub async fn delete_permission(tx: &mut Tx, id: DeclaredPermissionId) -> Result<()> {
    evidence::delete_of_permission(tx, id).await?;
    tx.query("DELETE FROM declared_permission WHERE id = $1").bind(id).execute().await?;
    Ok(())
}

/// Takes out how compliance was checked before an earlier change.
pub async fn forget_compliance_notes(tx: &mut Tx, declaration: DeclarationId) -> Result<()> {
    let query = tx.query("UPDATE declared_permission SET compliance_note = NULL WHERE declaration_id = $1");
    query.bind(declaration).execute().await?;
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
        .bind(finding.rule.id)
        .bind(finding.place.field)
        .bind(&*finding.message)
        .execute()
        .await?;
    }
    Ok(())
}

/// What the rules found in a permission as it was submitted, in their order. Which place the permission has in its declaration
/// is for the reader to say.
pub async fn list_findings(tx: &mut Tx, id: DeclaredPermissionId) -> Result<Vec<Finding>> {
    let rows: Vec<(String, String, String)> = tx
        .query("SELECT rule, field, message FROM finding WHERE declared_permission_id = $1 ORDER BY position")
        .bind(id)
        .all()
        .await?;
    let read = |(rule, field, message): (String, String, String)| {
        let rule = Rule::from_id(&rule).ok_or_else(|| Error::Inconsistent(format!("there is no rule {rule}")))?;
        Ok(Finding { rule, place: Place::kept(Part::Permission(0), &field), message, is_unanswered: false })
    };
    rows.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{declaration::revision::tests::a_declaration, testing::on_both_databases};

    fn key() -> PermissionKey {
        PermissionKey::parse("read:items.status").unwrap()
    }

    #[tokio::test]
    async fn what_was_answered_is_read_as_it_was_written() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, id, _) = a_declaration(&mut tx, "orbit").await;
            let permission = add_permission(&mut tx, id, &key()).await.unwrap();
            let mut stored = list_permissions(&mut tx, id).await.unwrap().remove(0);
            assert_eq!(stored.permission, DeclaredPermission::new(key()));
            stored.permission.fields = ["items.id", "items.status"].map(|name| FieldName::parse(name).unwrap()).into();
            stored.permission.answers[2] = Some(Answer::parse("Screen 2\nevery time").unwrap());
            stored.permission.answers[5] = Some(Answer::parse("Checked on 3 November").unwrap());
            stored.permission.retention = Some(Retention::hours(24));
            stored.permission.until = Some("2027-03-31".parse().unwrap());
            assert!(update_permission(&mut tx, permission, &stored.permission, 1).await.unwrap());
            assert!(!update_permission(&mut tx, permission, &stored.permission, 1).await.unwrap(), "stale");
            let again = list_permissions(&mut tx, id).await.unwrap().remove(0);
            assert_eq!((&again.permission, again.revision), (&stored.permission, 2));
            let (_, other, _) = a_declaration(&mut tx, "helio").await;
            copy_permissions(&mut tx, id, other).await.unwrap();
            let copied = list_permissions(&mut tx, other).await.unwrap();
            assert_eq!((copied.len(), &copied[0].permission), (1, &again.permission));
            delete_permission(&mut tx, permission).await.unwrap();
            assert_eq!(list_permissions(&mut tx, id).await.unwrap(), []);
        })
        .await;
    }

    #[tokio::test]
    async fn a_permission_is_declared_once() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, id, _) = a_declaration(&mut tx, "orbit").await;
            add_permission(&mut tx, id, &key()).await.unwrap();
            assert!(matches!(add_permission(&mut tx, id, &key()).await, Err(Error::Conflict(_))));
        })
        .await;
    }
}
