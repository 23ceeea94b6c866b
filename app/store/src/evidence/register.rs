//! What was attached to the permissions of a revision.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::PersonId,
    case::CaseId,
    declaration::{DeclarationId, DeclaredPermissionId},
    evidence::{ContentHash, EvidenceFile, EvidenceId, EvidenceLink, EvidenceNote, Exhibit, FileName, MediaType},
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "Uuid")]
    id: EvidenceId,
    #[sqlx(try_from = "Uuid")]
    declared_permission_id: DeclaredPermissionId,
    kind: String,
    file_name: Option<String>,
    media_type: Option<String>,
    bytes: Option<i64>,
    sha256: Option<Vec<u8>>,
    url: Option<String>,
    note: Option<String>,
    dated_on: NaiveDate,
    added_at: DateTime<Utc>,
    #[sqlx(try_from = "Uuid")]
    added_by: PersonId,
}

/// What is kept of a piece of evidence besides when it was attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceData {
    /// What shows it.
    pub exhibit: Exhibit,
    /// What it shows.
    pub note: Option<EvidenceNote>,
    /// The day on which it was made.
    pub dated_on: NaiveDate,
    /// Who attached it.
    pub added_by: PersonId,
    /// When.
    pub added_at: DateTime<Utc>,
}

/// A piece of evidence as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Its identifier.
    pub id: EvidenceId,
    /// To which permission of which revision it is attached.
    pub declared: DeclaredPermissionId,
    /// The rest.
    pub data: EvidenceData,
}

impl Stored {
    fn read(self) -> Result<EvidenceRow> {
        let inconsistent = |what: String| Error::Inconsistent(format!("evidence {}: {what}", self.id));
        let exhibit = match (&*self.kind, self.file_name, self.media_type, self.bytes, self.sha256, self.url) {
            ("file", Some(name), Some(media_type), Some(bytes), Some(hash), None) => {
                let hash: [u8; 32] = hash.try_into().map_err(|_| inconsistent("its hash is too short".to_owned()))?;
                Exhibit::File(EvidenceFile {
                    name: FileName::try_from(name).map_err(inconsistent)?,
                    media_type: MediaType::try_from(media_type).map_err(inconsistent)?,
                    bytes: u64::try_from(bytes).map_err(|error| inconsistent(error.to_string()))?,
                    hash: hash.into(),
                })
            }
            ("link", None, None, None, None, Some(url)) => {
                Exhibit::Link(EvidenceLink::try_from(url).map_err(inconsistent)?)
            }
            _ => return Err(inconsistent("it is neither a file nor a link".to_owned())),
        };
        let data = EvidenceData {
            exhibit,
            note: self.note.map(EvidenceNote::try_from).transpose().map_err(inconsistent)?,
            dated_on: self.dated_on,
            added_by: self.added_by,
            added_at: self.added_at,
        };
        Ok(EvidenceRow { id: self.id, declared: self.declared_permission_id, data })
    }
}

/// Where a piece of evidence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EvidencePlace {
    /// In the case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    /// In which of its revisions, by number.
    pub number: i64,
    /// When that was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
}

macro_rules! select_evidence {
    () => {
        "SELECT evidence.id, evidence.declared_permission_id, evidence.kind, evidence.file_name, evidence.media_type,
            evidence.bytes, evidence.sha256, evidence.url, evidence.note, evidence.dated_on, evidence.added_at,
            evidence.added_by
         FROM evidence"
    };
}

/// Attaches evidence to a permission.
pub async fn insert(tx: &mut Tx, declared: DeclaredPermissionId, data: &EvidenceData) -> Result<EvidenceId> {
    let id: EvidenceId = tx.new_id();
    let (kind, file, url) = match &data.exhibit {
        Exhibit::File(file) => ("file", Some(file), None),
        Exhibit::Link(link) => ("link", None, Some(link.clone())),
    };
    let bytes = file.map(|file| i64::try_from(file.bytes)).transpose();
    let bytes = bytes.map_err(|error| Error::Inconsistent(format!("evidence {id}: {error}")))?;
    tx.query(
        "INSERT INTO evidence (id, declared_permission_id, kind, file_name, media_type, bytes, sha256, url, note, dated_on,
            added_at, added_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(id)
    .bind(declared)
    .bind(kind)
    .bind(file.map(|file| file.name.clone()))
    .bind(file.map(|file| file.media_type))
    .bind(bytes)
    .bind(file.map(|file| file.hash.as_bytes().to_vec()))
    .bind(url)
    .bind(data.note.clone())
    .bind(data.dated_on)
    .bind(data.added_at)
    .bind(data.added_by)
    .execute()
    .await?;
    Ok(id)
}

/// Says something else of a piece of evidence.
pub async fn update_words(tx: &mut Tx, id: EvidenceId, note: Option<EvidenceNote>, dated_on: NaiveDate) -> Result<()> {
    tx.query("UPDATE evidence SET note = $1, dated_on = $2 WHERE id = $3")
        .bind(note)
        .bind(dated_on)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// The evidence of a revision, in the order in which it was attached. A revision has no more than its limits allow.
pub async fn list_of_declaration(tx: &mut Tx, declaration: DeclarationId) -> Result<Vec<EvidenceRow>> {
    let rows: Vec<Stored> = tx
        .query(concat!(
            select_evidence!(),
            " JOIN declared_permission ON declared_permission.id = evidence.declared_permission_id
             WHERE declared_permission.declaration_id = $1 ORDER BY evidence.added_at, evidence.id"
        ))
        .bind(declaration)
        .all()
        .await?;
    rows.into_iter().map(Stored::read).collect()
}

/// A piece of evidence, and where it stands.
pub async fn lookup(tx: &mut Tx, id: EvidenceId) -> Result<Option<(EvidenceRow, EvidencePlace)>> {
    let row: Option<Stored> =
        tx.query(concat!(select_evidence!(), " WHERE evidence.id = $1")).bind(id).optional().await?;
    let Some(row) = row else { return Ok(None) };
    let place = tx
        .query(
            "SELECT declaration.case_id, declaration.number, declaration.submitted_at
             FROM declared_permission JOIN declaration ON declaration.id = declared_permission.declaration_id
             WHERE declared_permission.id = $1",
        )
        .bind(row.declared_permission_id)
        .one()
        .await?;
    Ok(Some((row.read()?, place)))
}

/// Takes a piece of evidence out. Its content stays for whatever else names it.
pub async fn delete(tx: &mut Tx, id: EvidenceId) -> Result<()> {
    tx.query("DELETE FROM evidence WHERE id = $1").bind(id).execute().await?;
    Ok(())
}

pub(crate) async fn delete_of_permission(tx: &mut Tx, id: DeclaredPermissionId) -> Result<()> {
    tx.query("DELETE FROM evidence WHERE declared_permission_id = $1").bind(id).execute().await?;
    Ok(())
}

pub(crate) async fn delete_of_declaration(tx: &mut Tx, id: DeclarationId) -> Result<()> {
    tx.query(
        "DELETE FROM evidence WHERE declared_permission_id IN
            (SELECT id FROM declared_permission WHERE declaration_id = $1)",
    )
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

/// Attaches to one permission what is attached to another; contents are named, and not copied.
pub(crate) async fn copy(tx: &mut Tx, from: DeclaredPermissionId, to: DeclaredPermissionId) -> Result<()> {
    let rows: Vec<Stored> = tx
        .query(concat!(
            select_evidence!(),
            " WHERE evidence.declared_permission_id = $1 ORDER BY evidence.added_at, evidence.id"
        ))
        .bind(from)
        .all()
        .await?;
    for row in rows {
        insert(tx, to, &row.read()?.data).await?;
    }
    Ok(())
}

/// Those of these contents that something names.
pub async fn named(tx: &mut Tx, hashes: &[ContentHash]) -> Result<HashSet<ContentHash>> {
    let rows: Vec<(Vec<u8>,)> = tx
        .query("SELECT DISTINCT sha256 FROM evidence WHERE sha256")
        .among(hashes.iter().map(|hash| hash.as_bytes().to_vec()))
        .all()
        .await?;
    let read = |(hash,): (Vec<u8>,)| <[u8; 32]>::try_from(hash).map(ContentHash::from);
    rows.into_iter()
        .map(read)
        .collect::<Result<_, _>>()
        .map_err(|_| Error::Inconsistent("the hash of a content is too short".to_owned()))
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        permission::PermissionKey,
    };

    use super::*;
    use crate::{
        account::person,
        declaration::{self, a_declaration, add_permission, delete_draft, delete_permission},
        testing::on_both_databases,
    };

    fn key(text: &str) -> PermissionKey {
        PermissionKey::parse(text).unwrap()
    }

    fn file(name: &str, hash: u8) -> Exhibit {
        Exhibit::File(EvidenceFile {
            name: FileName::parse(name).unwrap(),
            media_type: MediaType::Pdf,
            bytes: 4096,
            hash: [hash; 32].into(),
        })
    }

    async fn somebody(tx: &mut Tx) -> PersonId {
        let (email, name) = (Email::parse("felix@x.example").unwrap(), PersonName::parse("Felix Brandt").unwrap());
        person::insert(tx, &email, &name, &Roles::default()).await.unwrap()
    }

    fn data(tx: &Tx, added_by: PersonId, exhibit: Exhibit) -> EvidenceData {
        let note = Some(EvidenceNote::parse("The screen\nas it is").unwrap());
        EvidenceData { exhibit, note, dated_on: "2026-10-31".parse().unwrap(), added_by, added_at: tx.now() }
    }

    #[tokio::test]
    async fn evidence_is_read_as_it_was_written_and_goes_with_its_permission() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let person = somebody(&mut tx).await;
            let (case, first, _) = a_declaration(&mut tx, "orbit").await;
            let status = add_permission(&mut tx, first, &key("read:items.status")).await.unwrap();
            let kind = add_permission(&mut tx, first, &key("read:items.type")).await.unwrap();
            let screen = data(&tx, person, file("Löschung.pdf", 1));
            let link = Exhibit::Link(EvidenceLink::parse("https://docs.orbit.example/deletion").unwrap());
            let link = EvidenceData { note: None, ..data(&tx, person, link) };
            let id = insert(&mut tx, status, &screen).await.unwrap();
            insert(&mut tx, status, &link).await.unwrap();
            let other = data(&tx, person, file("b.pdf", 2));
            insert(&mut tx, kind, &other).await.unwrap();
            let kept = list_of_declaration(&mut tx, first).await.unwrap();
            assert_eq!(kept.len(), 3);
            assert_eq!(kept[0], EvidenceRow { id, declared: status, data: screen.clone() });
            assert_eq!((&kept[1].data, kept[2].declared), (&link, kind));
            let (row, place) = lookup(&mut tx, id).await.unwrap().unwrap();
            assert_eq!(row, kept[0]);
            assert_eq!(place, EvidencePlace { case_id: case, number: 1, submitted_at: None });
            update_words(&mut tx, id, None, "2026-11-01".parse().unwrap()).await.unwrap();
            let (row, _) = lookup(&mut tx, id).await.unwrap().unwrap();
            assert_eq!((row.data.note, row.data.dated_on.to_string()), (None, "2026-11-01".to_owned()));

            let (_, other, _) = a_declaration(&mut tx, "helio").await;
            declaration::copy(&mut tx, first, other).await.unwrap();
            let copied = list_of_declaration(&mut tx, other).await.unwrap();
            let contents = |rows: &[EvidenceRow]| rows.iter().map(|row| row.data.exhibit.clone()).collect::<Vec<_>>();
            assert_eq!(contents(&copied), contents(&kept));
            delete_permission(&mut tx, kind).await.unwrap();
            assert_eq!(list_of_declaration(&mut tx, first).await.unwrap().len(), 2);
            delete(&mut tx, id).await.unwrap();
            assert_eq!(lookup(&mut tx, id).await.unwrap(), None);
            delete_draft(&mut tx, first).await.unwrap();
            assert_eq!(list_of_declaration(&mut tx, first).await.unwrap(), []);
            assert_eq!(list_of_declaration(&mut tx, other).await.unwrap().len(), 3);
        })
        .await;
    }

    #[tokio::test]
    async fn a_content_is_named_as_long_as_anything_names_it() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let person = somebody(&mut tx).await;
            let (_, declaration, _) = a_declaration(&mut tx, "orbit").await;
            let declared = add_permission(&mut tx, declaration, &key("read:items.status")).await.unwrap();
            let all: Vec<ContentHash> = [1_u8, 2, 3].map(|n| [n; 32].into()).to_vec();
            let data = [data(&tx, person, file("a.pdf", 1)), data(&tx, person, file("b.pdf", 1))];
            let one = insert(&mut tx, declared, &data[0]).await.unwrap();
            let other = insert(&mut tx, declared, &data[1]).await.unwrap();
            delete(&mut tx, one).await.unwrap();
            assert_eq!(named(&mut tx, &all).await.unwrap(), HashSet::from([all[0]]));
            delete(&mut tx, other).await.unwrap();
            assert_eq!(named(&mut tx, &all).await.unwrap(), HashSet::new());
            assert_eq!(named(&mut tx, &[]).await.unwrap(), HashSet::new());
        })
        .await;
    }
}
