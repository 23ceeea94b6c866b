//! Deleting contents that nothing names.

use std::time::{Duration, SystemTime};

use kwanus_store::{Db, evidence};

use super::{Vault, internal};
use crate::Result;

/// How long a content may be there before anything names it: far longer than an upload takes.
const GRACE: Duration = Duration::from_hours(24);
/// How many contents are asked about at once.
const BATCH: usize = 500;

/// Deletes what was taken out with the last that named it, and what never came whole, once it is a day old by the clock of the
/// disk, at which it is `now`; answers how much. The folder is this installation's alone.
pub async fn sweep(db: &Db, vault: &Vault, now: SystemTime) -> Result<usize> {
    let Some(before) = now.checked_sub(GRACE) else { return Ok(0) };
    let mut count = vault.discard_incoming(before).await.map_err(internal)?;
    let older = vault.list_older(before).await.map_err(internal)?;
    for hashes in older.chunks(BATCH) {
        let named = evidence::named(&mut db.read().await?, hashes).await?;
        for hash in hashes.iter().filter(|hash| !named.contains(hash)) {
            count += usize::from(vault.discard(*hash, before).await.map_err(internal)?);
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use chrono::NaiveDate;
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        case::CaseKind,
        evidence::{EvidenceFile, Exhibit, FileName, MediaType},
        permission::PermissionKey,
    };
    use kwanus_store::{
        account::person,
        case, declaration,
        evidence::{EvidenceData, insert},
        testing::{Fixed, START, on_both_databases, register},
    };

    use super::*;

    /// What nothing names is deleted when it is a day old, and not before; what something names stays.
    #[tokio::test]
    async fn only_what_nothing_names_is_swept_up() {
        on_both_databases(async |db| {
            let folder = std::env::temp_dir().join(format!("kwanus-sweep-{}", std::process::id()));
            let vault = Vault::open(&folder, Fixed::at(START)).await.unwrap();
            let mut hashes = Vec::new();
            for content in ["named", "not named"] {
                let mut incoming = vault.receive().await.unwrap();
                incoming.write(content.as_bytes()).await.unwrap();
                let received = incoming.finish().await.unwrap();
                vault.keep(&received).await.unwrap();
                hashes.push(received.hash());
            }
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
            assert_eq!(sweep(&db, &vault, UNIX_EPOCH).await.unwrap(), 0);
            let later = UNIX_EPOCH + Duration::from_secs(1 << 33);
            assert_eq!(sweep(&db, &vault, later).await.unwrap(), 1);
            assert!(vault.read(hashes[0]).await.is_ok() && vault.read(hashes[1]).await.is_err());
            std::fs::remove_dir_all(&folder).unwrap();
        })
        .await;
    }
}
