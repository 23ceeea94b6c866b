//! When those who may vote first opened a case, and its evidence: what a position is measured by.

use chrono::{DateTime, Utc};
use kwanus_domain::{account::PersonId, case::CaseId};

use crate::{Result, Tx};

/// When somebody first opened a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReadingRow {
    /// When.
    pub opened_at: DateTime<Utc>,
    /// When they first opened one of its files.
    pub evidence_opened_at: Option<DateTime<Utc>>,
}

/// What a position rests on, as of the moment in which it is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Considered {
    /// How long after its revision was opened; nothing where it never was.
    pub seconds: Option<i64>,
    /// Whether a file attached to it was opened; nothing where there is none.
    pub has_read_evidence: Option<bool>,
}

/// When somebody first opened a revision of a case, if they did.
pub async fn lookup(tx: &mut Tx, case: CaseId, person: PersonId, revision: i64) -> Result<Option<ReadingRow>> {
    tx.query(
        "SELECT opened_at, evidence_opened_at FROM reading WHERE case_id = $1 AND person_id = $2 AND revision = $3",
    )
    .bind(case)
    .bind(person)
    .bind(revision)
    .optional()
    .await
}

/// Notes that somebody opened a revision. The first time stays.
pub async fn open(tx: &mut Tx, case: CaseId, person: PersonId, revision: i64) -> Result<()> {
    let now = tx.now();
    tx.query(
        "INSERT INTO reading (case_id, person_id, revision, opened_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (case_id, person_id, revision) DO NOTHING",
    )
    .bind(case)
    .bind(person)
    .bind(revision)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Notes that somebody opened a file that is attached to a revision, and so the revision. The first time stays.
pub async fn open_evidence(tx: &mut Tx, case: CaseId, person: PersonId, revision: i64) -> Result<()> {
    open(tx, case, person, revision).await?;
    let now = tx.now();
    tx.query(
        "UPDATE reading SET evidence_opened_at = $1
         WHERE case_id = $2 AND person_id = $3 AND revision = $4 AND evidence_opened_at IS NULL",
    )
    .bind(now)
    .bind(case)
    .bind(person)
    .bind(revision)
    .execute()
    .await?;
    Ok(())
}

/// What a position of somebody rests on that they take now. Nobody reads the same file twice because its partner changed a word
/// beside it: what was opened of an earlier revision counts as long as nothing is attached that was not there then.
pub async fn consider(tx: &mut Tx, case: CaseId, person: PersonId, revision: i64) -> Result<Considered> {
    let opened = lookup(tx, case, person, revision).await?;
    let (has_files, has_opened): (bool, bool) = tx
        .query(
            "WITH attached AS (
                SELECT declaration.number, evidence.sha256
                FROM declaration
                JOIN declared_permission ON declared_permission.declaration_id = declaration.id
                JOIN evidence ON evidence.declared_permission_id = declared_permission.id
                WHERE declaration.case_id = $1 AND declaration.number <= $2 AND evidence.sha256 IS NOT NULL
             )
             SELECT EXISTS (SELECT 1 FROM attached WHERE number = $2),
                EXISTS (
                    SELECT 1 FROM reading
                    WHERE reading.case_id = $1 AND reading.person_id = $3 AND reading.revision <= $2
                        AND reading.evidence_opened_at IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM attached AS here WHERE here.number = $2
                            AND NOT EXISTS (SELECT 1 FROM attached AS earlier
                                WHERE earlier.number = reading.revision AND earlier.sha256 = here.sha256)))",
        )
        .bind(case)
        .bind(revision)
        .bind(person)
        .one()
        .await?;
    let now = tx.now();
    Ok(Considered {
        seconds: opened.map(|reading| (now - reading.opened_at).num_seconds().max(0)),
        has_read_evidence: has_files.then_some(has_opened),
    })
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        declaration::DeclaredPermissionId,
        evidence::{EvidenceFile, Exhibit, FileName, MediaType},
        permission::PermissionKey,
    };

    use super::*;
    use crate::{
        account::person, ballot::a_ballot, case, declaration, evidence, testing::on_both_databases_with_clock,
    };

    async fn attach(tx: &mut Tx, to: DeclaredPermissionId, by: PersonId, content: u8) {
        let file = EvidenceFile {
            name: FileName::parse("log.pdf").unwrap(),
            media_type: MediaType::Pdf,
            bytes: 4096,
            hash: [content; 32].into(),
        };
        let now = tx.now();
        let data = evidence::EvidenceData {
            exhibit: Exhibit::File(file),
            note: None,
            dated_on: now.date_naive(),
            added_by: by,
            added_at: now,
        };
        evidence::insert(tx, to, &data).await.unwrap();
    }

    /// A revision of a case with files of these contents.
    async fn a_revision(tx: &mut Tx, case: CaseId, by: PersonId, contents: &[u8]) -> i64 {
        let integration = case::lookup_by_id(tx, case).await.unwrap().unwrap().integration_id;
        let id = declaration::insert(tx, case, integration).await.unwrap();
        let key = PermissionKey::parse("read:items.status").unwrap();
        let permission = declaration::add_permission(tx, id, &key).await.unwrap();
        for content in contents {
            attach(tx, permission, by, *content).await;
        }
        declaration::submit(tx, id, "1", 1).await.unwrap();
        declaration::lookup_newest(tx, case).await.unwrap().unwrap().number
    }

    #[tokio::test]
    async fn the_first_time_stays_and_a_position_is_measured_from_it() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (case, _) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let me = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            assert_eq!(consider(&mut tx, case, me, 1).await.unwrap(), Considered::default());
            let began = tx.now();
            open(&mut tx, case, me, 1).await.unwrap();
            clock.advance(Duration::seconds(90));
            open(&mut tx, case, me, 1).await.unwrap();
            let row = lookup(&mut tx, case, me, 1).await.unwrap().unwrap();
            assert_eq!(row, ReadingRow { opened_at: began, evidence_opened_at: None });
            let considered = consider(&mut tx, case, me, 1).await.unwrap();
            assert_eq!(considered, Considered { seconds: Some(90), has_read_evidence: None });
            open_evidence(&mut tx, case, me, 1).await.unwrap();
            let opened_at = tx.now();
            clock.advance(Duration::seconds(30));
            open_evidence(&mut tx, case, me, 1).await.unwrap();
            let row = lookup(&mut tx, case, me, 1).await.unwrap().unwrap();
            assert_eq!(row, ReadingRow { opened_at: began, evidence_opened_at: Some(opened_at) });
            // Who goes straight to a file has opened the revision by that.
            open_evidence(&mut tx, case, me, 2).await.unwrap();
            assert_eq!(consider(&mut tx, case, me, 2).await.unwrap().seconds, Some(0));
        })
        .await;
    }

    #[tokio::test]
    async fn what_was_read_of_an_earlier_revision_counts_until_something_new_is_attached() {
        on_both_databases_with_clock(async |db, _| {
            let mut tx = db.write().await.unwrap();
            let (case, _) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let me = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let mut read = Vec::new();
            for contents in [&[][..], &[1, 2], &[2], &[2, 3]] {
                let revision = a_revision(&mut tx, case, me, contents).await;
                let before = consider(&mut tx, case, me, revision).await.unwrap().has_read_evidence;
                if contents == [1, 2] {
                    open_evidence(&mut tx, case, me, revision).await.unwrap();
                }
                let after = consider(&mut tx, case, me, revision).await.unwrap().has_read_evidence;
                read.push((before, after));
            }
            let (no, yes) = (Some(false), Some(true));
            assert_eq!(read, [(None, None), (no, yes), (yes, yes), (no, no)]);
        })
        .await;
    }
}
