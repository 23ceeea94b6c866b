//! Taking a file in.

use kwanus_domain::{
    Violation,
    evidence::{EvidenceFile, FileName, MOST_BYTES_OF_FILE, Sniffer, show_size},
};
use kwanus_store::{
    Db,
    evidence::{Incoming, Received, Vault},
};

use super::{allowance, internal};
use crate::{Caller, Result, submission::own_partner};

/// A file that is coming in, looked at and counted as it passes: never more than a piece of it is in memory. Dropped, it was
/// never there.
#[derive(Debug)]
pub struct Receiving {
    name: FileName,
    incoming: Incoming,
    sniffer: Sniffer,
}

/// A file that came whole and is what it is named as. Until it is attached it is nowhere.
#[derive(Debug)]
pub struct ReceivedFile {
    pub(super) file: EvidenceFile,
    pub(super) content: Received,
}

impl ReceivedFile {
    /// What its sender calls it.
    #[must_use]
    pub const fn name(&self) -> &FileName {
        &self.file.name
    }
}

impl Receiving {
    /// Begins to take in a file that its sender calls `name` and of which at least so many bytes will come. Only partners' users
    /// have anything to attach one to; what is too much for a day is refused before it is written anywhere.
    pub async fn begin(db: &Db, vault: &Vault, caller: &Caller, name: &str, at_least: u64) -> Result<Self> {
        let partner = own_partner(caller)?;
        let name = FileName::parse(name)?;
        // What is larger than a file may be is told so.
        let at_least = at_least.min(MOST_BYTES_OF_FILE);
        allowance::require(&mut db.read().await?, partner.id, &name, at_least).await?;
        Ok(Self { name, incoming: vault.receive().await.map_err(internal)?, sniffer: Sniffer::default() })
    }

    /// Takes the next piece, up to the limit of a file.
    pub async fn write(&mut self, piece: &[u8]) -> Result<()> {
        let bytes = self.incoming.bytes().saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if bytes > MOST_BYTES_OF_FILE {
            let most = show_size(MOST_BYTES_OF_FILE);
            let message = format!("“{}” is larger than {most}. Attach a smaller file", self.name);
            return Err(Violation::with_message("file", "too_large", message).into());
        }
        self.sniffer.read(piece);
        self.incoming.write(piece).await.map_err(internal)
    }

    /// Everything came.
    pub async fn finish(self) -> Result<ReceivedFile> {
        let media_type = self.sniffer.judge(&self.name)?;
        let content = self.incoming.finish().await.map_err(internal)?;
        let file = EvidenceFile { name: self.name, media_type, bytes: content.bytes(), hash: content.hash() };
        Ok(ReceivedFile { file, content })
    }
}
