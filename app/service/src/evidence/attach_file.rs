//! Attaching a file to a permission of a draft.

use kwanus_domain::{case::CaseRef, evidence::Exhibit, permission::PermissionKey};
use kwanus_store::{Db, evidence::EvidenceData};

use super::{ReceivedFile, Vault, Words, allowance, internal, place::Place, words::OF_FILE};
use crate::{Caller, Error, Result, retrying, submission::own_partner};

/// Attaches a file that came in, or tells what is wrong with it and with what was typed about it. The same file under the same
/// name is attached once.
pub async fn attach_file(
    db: &Db,
    vault: &Vault,
    caller: &Caller,
    (reference, key): (CaseRef, &PermissionKey),
    file: Result<ReceivedFile>,
    words: &Words,
) -> Result<()> {
    let (person, partner) = (caller.person()?.id(), own_partner(caller)?.id);
    let file = match file {
        Ok(file) => Ok(file),
        Err(Error::Invalid(violations)) => Err(violations),
        Err(error) => return Err(error),
    };
    let file = file.as_ref();
    retrying(|| async {
        let mut tx = db.write().await?;
        let place = Place::find(&mut tx, caller, reference, key).await?;
        let now = tx.now();
        let (file, (note, dated_on)) = match (file, words.parse(OF_FILE, now.date_naive())) {
            (Ok(file), Ok(said)) => (file, said),
            (file, said) => {
                let wrong = file.err().into_iter().flatten().cloned();
                return Err(Error::Invalid(wrong.chain(said.err().into_iter().flatten()).collect()));
            }
        };
        let exhibit = Exhibit::File(file.file.clone());
        if place.same(&exhibit).is_none() {
            place.require_room(&exhibit, "file")?;
            allowance::count(&mut tx, partner, &file.file.name, file.file.bytes).await?;
            // Before anything names it; should nothing do so in the end, it is swept up.
            vault.keep(&file.content).await.map_err(internal)?;
        }
        let data = EvidenceData { exhibit, note, dated_on, added_by: person, added_at: now };
        place.attach(&mut tx, caller, &data).await?;
        Ok(tx.commit().await?)
    })
    .await
}
