//! Deleting contents that nothing names.

use std::time::{Duration, SystemTime};

use kwanus_store::{Db, evidence};

use super::{Vault, internal};
use crate::Result;

/// How long a content may be there before anything names it: far longer than an upload takes.
const GRACE: Duration = Duration::from_hours(24);
/// How many contents are asked about at once.
const BATCH: usize = 500;

/// What a sweep came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many contents were deleted.
    pub deleted: usize,
    /// How many could not be: each is in the log.
    pub failed: usize,
}

/// Deletes what was taken out with the last that named it, and what never came whole, once it is a day old by the clock of the
/// disk, at which it is `now`. What cannot be deleted keeps nothing else from it. The folder is this installation's alone.
pub async fn sweep(db: &Db, vault: &Vault, now: SystemTime) -> Result<Swept> {
    let Some(before) = now.checked_sub(GRACE) else { return Ok(Swept::default()) };
    let (deleted, failures) = vault.discard_incoming(before).await.map_err(internal)?;
    let mut swept = Swept { deleted, failed: failures.len() };
    for error in failures {
        tracing::error!(%error, "a content that never came whole could not be deleted");
    }
    for hashes in vault.list().await.map_err(internal)?.chunks(BATCH) {
        let named = evidence::named(&mut db.read().await?, hashes).await?;
        for hash in hashes.iter().filter(|hash| !named.contains(hash)) {
            match vault.discard(*hash, before).await {
                Ok(is_gone) => swept.deleted += usize::from(is_gone),
                Err(error) => {
                    tracing::error!(%hash, %error, "a content that nothing names could not be deleted");
                    swept.failed += 1;
                }
            }
        }
    }
    Ok(swept)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use chrono::NaiveDate;
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        case::CaseKind,
        evidence::{ContentHash, EvidenceFile, Exhibit, FileName, MediaType},
        permission::PermissionKey,
    };
    use kwanus_store::{
        account::person,
        case, declaration,
        evidence::{EvidenceData, insert},
        testing::{Fixed, START, on_both_databases, register},
    };

    use super::*;

    fn later() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1 << 33)
    }

    async fn kept(vault: &Vault, content: &str) -> ContentHash {
        let mut incoming = vault.receive().await.unwrap();
        incoming.write(content.as_bytes()).await.unwrap();
        let received = incoming.finish().await.unwrap();
        vault.keep(&received).await.unwrap();
        received.hash()
    }

    /// What nothing names is deleted when it is a day old, and not before; what something names stays.
    #[tokio::test]
    async fn only_what_nothing_names_is_swept_up() {
        on_both_databases(async |db| {
            let folder = tempfile::tempdir().unwrap();
            let vault = Vault::open(folder.path(), Fixed::at(START)).await.unwrap();
            let hashes = [kept(&vault, "named").await, kept(&vault, "not named").await];
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["timeline"]).await;
            let (case, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
            let id = declaration::insert(&mut tx, case, integrations[0]).await.unwrap();
            let key = PermissionKey::parse("read:items.status").unwrap();
            let declared = declaration::add_permission(&mut tx, id, &key).await.unwrap();
            let (email, name) = (Email::parse("felix@x.example").unwrap(), PersonName::parse("Felix").unwrap());
            let exhibit = Exhibit::File(EvidenceFile {
                name: FileName::parse("a.txt").unwrap(),
                media_type: MediaType::Text,
                bytes: 5,
                hash: hashes[0],
            });
            let data = EvidenceData {
                exhibit,
                note: None,
                dated_on: NaiveDate::default(),
                added_by: person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap(),
                added_at: tx.now(),
            };
            insert(&mut tx, declared, &data).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(sweep(&db, &vault, UNIX_EPOCH).await.unwrap(), Swept::default());
            assert_eq!(sweep(&db, &vault, later()).await.unwrap(), Swept { deleted: 1, failed: 0 });
            assert!(vault.read(hashes[0]).await.is_ok() && vault.read(hashes[1]).await.is_err());
        })
        .await;
    }

    /// Tests run as somebody whom no permission stops: what cannot be deleted is a folder where a file should be.
    #[tokio::test]
    async fn what_cannot_be_deleted_keeps_nothing_else_from_it() {
        on_both_databases(async |db| {
            let folder = tempfile::tempdir().unwrap();
            let vault = Vault::open(folder.path(), Fixed::at(START)).await.unwrap();
            let mut hashes = Vec::new();
            for content in ["a", "b", "c", "d", "e", "f"] {
                hashes.push(kept(&vault, content).await);
            }
            let stuck = hashes.remove(2).to_string();
            let stuck = folder.path().join(&stuck[..2]).join(&stuck[2..]);
            std::fs::remove_file(&stuck).unwrap();
            std::fs::create_dir(&stuck).unwrap();
            assert_eq!(sweep(&db, &vault, later()).await.unwrap(), Swept { deleted: 5, failed: 1 });
            for hash in hashes {
                assert!(vault.read(hash).await.is_err());
            }
            assert_eq!(sweep(&db, &vault, later()).await.unwrap(), Swept { deleted: 0, failed: 1 });
            // As soon as it can be, it is.
            std::fs::remove_dir(&stuck).unwrap();
            std::fs::write(&stuck, "c").unwrap();
            assert_eq!(sweep(&db, &vault, later()).await.unwrap(), Swept { deleted: 1, failed: 0 });
        })
        .await;
    }
}
