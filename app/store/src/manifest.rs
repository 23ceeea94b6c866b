//! The recorded versions of manifests, numbered for each integration.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName, TokenId},
    case::{CaseId, CaseKind, CaseRef},
    integration::IntegrationId,
    manifest::{ManifestVersion, SecurityFix},
    permission::PermissionKey,
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

#[derive(sqlx::FromRow)]
struct Stored {
    number: i64,
    #[sqlx(try_from = "String")]
    version: ManifestVersion,
    sha256: String,
    changes: String,
    unneeded: String,
    security_fix: Option<String>,
    recorded_at: DateTime<Utc>,
    person_name: Option<String>,
    token_id: Option<Uuid>,
    case_kind: Option<String>,
    case_year: Option<i64>,
    case_number: Option<i64>,
}

/// A version as stored, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// Counts the versions of the integration, from 1.
    pub number: i64,
    /// The version.
    pub version: ManifestVersion,
    /// The SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// What changed from the one before, in a sentence.
    pub changes: String,
    /// The permissions of which it asks for less than was granted then.
    pub unneeded: Vec<PermissionKey>,
    /// What it mends, if it is a security fix.
    pub security_fix: Option<SecurityFix>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it.
    pub recorded_by: RecordedBy,
}

/// Who recorded a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordedBy {
    /// A person of the partner.
    Person(PersonName),
    /// A program, by the token of that person.
    Program(PersonName),
    /// The decision that approved what it declares.
    Decision(CaseRef),
}

/// A version to be recorded.
#[derive(Clone, Debug)]
pub struct VersionData {
    /// The version.
    pub version: ManifestVersion,
    /// The manifest as it is given out.
    pub content: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// What changed from the one before, in a sentence.
    pub changes: String,
    /// The permissions of which it asks for less than is granted.
    pub unneeded: Vec<PermissionKey>,
    /// What it mends, if it is a security fix.
    pub security_fix: Option<SecurityFix>,
    /// By whom, or by what.
    pub by: By,
}

/// By whom a version is recorded, or by what.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// A person, by a token of theirs where a program did it.
    Person(PersonId, Option<TokenId>),
    /// The decision of a case.
    Decision(CaseId),
}

impl Stored {
    fn read(self) -> Result<VersionRow> {
        let inconsistent = |what: String| Error::Inconsistent(format!("version {}: {what}", self.version));
        let name = self.person_name.map(PersonName::try_from).transpose().map_err(inconsistent)?;
        let kind = self.case_kind.map(CaseKind::try_from).transpose().map_err(inconsistent)?;
        let recorded_by = match (name, self.token_id, kind.zip(self.case_year).zip(self.case_number)) {
            (Some(name), None, None) => RecordedBy::Person(name),
            (Some(name), Some(_), None) => RecordedBy::Program(name),
            (None, None, Some(((kind, year), number))) => {
                RecordedBy::Decision(CaseRef { kind, year: i32::try_from(year).unwrap_or_default(), number })
            }
            _ => return Err(inconsistent("nobody recorded it, or two did".to_owned())),
        };
        let unneeded = self.unneeded.split(',').filter(|key| !key.is_empty());
        Ok(VersionRow {
            unneeded: unneeded
                .map(|key| PermissionKey::try_from(key.to_owned()))
                .collect::<Result<_, _>>()
                .map_err(inconsistent)?,
            security_fix: self.security_fix.map(SecurityFix::try_from).transpose().map_err(inconsistent)?,
            number: self.number,
            version: self.version,
            sha256: self.sha256,
            changes: self.changes,
            recorded_at: self.recorded_at,
            recorded_by,
        })
    }
}

macro_rules! select_version {
    () => {
        "SELECT manifest_version.number, manifest_version.version, manifest_version.sha256, manifest_version.changes,
            manifest_version.unneeded, manifest_version.security_fix, manifest_version.recorded_at,
            person.name AS person_name, manifest_version.token_id, review_case.kind AS case_kind,
            review_case.year AS case_year, review_case.number AS case_number
         FROM manifest_version
         LEFT JOIN person ON person.id = manifest_version.person_id
         LEFT JOIN review_case ON review_case.id = manifest_version.case_id
         WHERE manifest_version.integration_id = $1"
    };
}

/// Records a version, under the lock of its integration; answers its number.
pub async fn insert(tx: &mut Tx, integration: IntegrationId, data: &VersionData) -> Result<i64> {
    let now = tx.now();
    let (number,): (i64,) = tx
        .query("SELECT COALESCE(MAX(number), 0) + 1 FROM manifest_version WHERE integration_id = $1")
        .bind(integration)
        .one()
        .await?;
    let (person, token, case) = match data.by {
        By::Person(person, token) => (Some(person), token, None),
        By::Decision(case) => (None, None, Some(case)),
    };
    let unneeded = data.unneeded.iter().map(PermissionKey::as_str).collect::<Vec<_>>().join(",");
    tx.query(
        "INSERT INTO manifest_version
            (integration_id, number, version, content, sha256, changes, unneeded, security_fix, recorded_at, person_id,
             token_id, case_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(integration)
    .bind(number)
    .bind(data.version.clone())
    .bind(&*data.content)
    .bind(&*data.sha256)
    .bind(&*data.changes)
    .bind(unneeded)
    .bind(data.security_fix.clone())
    .bind(now)
    .bind(person)
    .bind(token)
    .bind(case)
    .execute()
    .await?;
    Ok(number)
}

/// The recorded version of that number after semver.
pub async fn lookup(tx: &mut Tx, integration: IntegrationId, version: &ManifestVersion) -> Result<Option<VersionRow>> {
    let row: Option<Stored> = tx
        .query(concat!(select_version!(), " AND manifest_version.version = $2"))
        .bind(integration)
        .bind(version.clone())
        .optional()
        .await?;
    row.map(Stored::read).transpose()
}

/// Up to `limit` versions, the newest first, those before number `before`.
pub async fn list(tx: &mut Tx, integration: IntegrationId, before: Option<i64>, limit: u8) -> Result<Vec<VersionRow>> {
    let rows: Vec<Stored> = tx
        .query(select_version!())
        .bind(integration)
        .append_if(" AND manifest_version.number < {}", before)
        .append(" ORDER BY manifest_version.number DESC LIMIT {}", i64::from(limit))
        .all()
        .await?;
    rows.into_iter().map(Stored::read).collect()
}

/// The manifest of a version, by the version's number, as it is given out.
pub async fn content(tx: &mut Tx, integration: IntegrationId, number: i64) -> Result<String> {
    let (content,): (String,) = tx
        .query("SELECT content FROM manifest_version WHERE integration_id = $1 AND number = $2")
        .bind(integration)
        .bind(number)
        .one()
        .await?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use kwanus_domain::account::{Email, Roles};

    use super::*;
    use crate::{
        account::person,
        case,
        testing::{on_both_databases, register},
    };

    fn data(version: &str, by: By) -> VersionData {
        VersionData {
            version: ManifestVersion::parse(version).unwrap(),
            content: format!("{{\n  \"version\": \"{version}\", \"name\": \"\\u0000\"\n}}\n"),
            sha256: "ab".repeat(32),
            changes: "Nothing that is declared changed.".to_owned(),
            unneeded: vec![],
            security_fix: None,
            by,
        }
    }

    async fn somebody(tx: &mut Tx) -> PersonId {
        let (email, name) = (Email::parse("ada@orbit.example").unwrap(), PersonName::parse("Ada").unwrap());
        person::insert(tx, &email, &name, &Roles::default()).await.unwrap()
    }

    #[tokio::test]
    async fn versions_are_read_as_they_were_recorded_the_newest_first() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["timeline", "other"]).await;
            let ada = somebody(&mut tx).await;
            let (id, reference) =
                case::insert(&mut tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
            let key = PermissionKey::parse("read:items.status").unwrap();
            let fix = SecurityFix::parse("A hole in the parser").unwrap();
            let mended = VersionData {
                unneeded: vec![key.clone()],
                security_fix: Some(fix.clone()),
                ..data("1.0.1", By::Person(ada, None))
            };
            let versions = [data("1.0.0", By::Decision(id)), mended, data("1.0.2-rc.1+a", By::Person(ada, None))];
            for (number, each) in (1..).zip(versions) {
                assert_eq!(insert(&mut tx, integrations[0], &each).await.unwrap(), number);
            }
            assert_eq!(insert(&mut tx, integrations[1], &data("1.0.0", By::Person(ada, None))).await.unwrap(), 1);
            let all = list(&mut tx, integrations[0], None, 10).await.unwrap();
            let versions: Vec<_> = all.iter().map(|row| (row.number, row.version.to_string())).collect();
            assert_eq!(versions, [(3, "1.0.2-rc.1+a".into()), (2, "1.0.1".into()), (1, "1.0.0".into())]);
            assert_eq!(all[1].unneeded, [key]);
            assert_eq!(all[1].security_fix, Some(fix));
            assert_eq!(all[1].recorded_by, RecordedBy::Person(PersonName::parse("Ada").unwrap()));
            assert_eq!((all[2].recorded_by.clone(), all[2].recorded_at), (RecordedBy::Decision(reference), tx.now()));
            let page = list(&mut tx, integrations[0], Some(3), 1).await.unwrap();
            assert_eq!(page, all[1..2]);
            let found = lookup(&mut tx, integrations[0], &all[1].version).await.unwrap();
            assert_eq!(found.as_ref(), Some(&all[1]));
            let content = content(&mut tx, integrations[0], 2).await.unwrap();
            assert_eq!(content, data("1.0.1", By::Decision(id)).content);
            assert_eq!(lookup(&mut tx, integrations[1], &all[1].version).await.unwrap(), None);
        })
        .await;
    }

    #[tokio::test]
    async fn a_version_stands_once_for_each_integration() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["timeline"]).await;
            let ada = somebody(&mut tx).await;
            insert(&mut tx, integrations[0], &data("1.0.0", By::Person(ada, None))).await.unwrap();
            let again = insert(&mut tx, integrations[0], &data("1.0.0", By::Person(ada, None))).await;
            assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        })
        .await;
    }
}
