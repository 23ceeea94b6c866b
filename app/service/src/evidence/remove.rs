//! Taking evidence out of a draft.

use kwanus_domain::{case::CaseRef, evidence::EvidenceId, permission::PermissionKey};
use kwanus_store::Db;

use super::place::Place;
use crate::{Caller, Result, retrying};

/// Takes a file or a link out of the caller's draft. What is not there any more is out.
pub async fn remove(
    db: &Db,
    caller: &Caller,
    (reference, key): (CaseRef, &PermissionKey),
    id: EvidenceId,
) -> Result<()> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let place = Place::find(&mut tx, caller, reference, key).await?;
        let Some(row) = place.evidence().find(|row| row.id == id) else { return Ok(()) };
        place.remove(&mut tx, caller, row).await?;
        Ok(tx.commit().await?)
    })
    .await
}
