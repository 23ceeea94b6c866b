//! Reading a file that was attached.

use kwanus_domain::evidence::{EvidenceFile, EvidenceId, Exhibit};
use kwanus_store::{Db, case, evidence, integration};

use super::{Content, Vault, internal};
use crate::{Caller, Error, Result, ballot::note_evidence_opened};

/// A file that was attached, and what it holds, to be read piece by piece.
pub struct OpenedFile {
    /// What it is.
    pub file: EvidenceFile,
    /// What it holds.
    pub content: Content,
}

/// Opens a file for its own partner, and for those who read what the boards read once it is submitted: a draft is its partner's
/// alone. For everybody else it is not there. Of those who may vote on its case, it is noted when they first opened one.
pub async fn open(db: &Db, vault: &Vault, caller: &Caller, id: EvidenceId) -> Result<OpenedFile> {
    let person = caller.person()?;
    let mut tx = db.read().await?;
    let (row, place) = evidence::lookup(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let is_readable = if let Some(own) = person.partner() {
        let case = case::lookup_by_id(&mut tx, place.case_id).await?.ok_or(Error::NotFound)?;
        let integration = integration::lookup(&mut tx, case.integration_id).await?.ok_or(Error::NotFound)?;
        integration.partner_id == own.id
    } else {
        person.require_desk()?;
        place.submitted_at.is_some()
    };
    // A slow line shall not hold a transaction.
    drop(tx);
    let Exhibit::File(file) = row.data.exhibit else { return Err(Error::NotFound) };
    if !is_readable {
        return Err(Error::NotFound);
    }
    let content = vault.read(file.hash).await.map_err(internal)?;
    if content.bytes != file.bytes {
        let what = format!("content {} has {} bytes and not {}", file.hash, content.bytes, file.bytes);
        return Err(kwanus_store::Error::Inconsistent(what).into());
    }
    if person.partner().is_none() {
        note_evidence_opened(db, person.id(), place).await;
    }
    Ok(OpenedFile { file, content })
}
