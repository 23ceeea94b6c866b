//! A content on its way into the vault: written aside as it comes, and put into its place once it is whole.

use std::{
    io,
    path::{Path, PathBuf},
};

use kwanus_domain::evidence::ContentHash;
use sha2::{Digest, Sha256};
use tokio::{
    fs::{File, OpenOptions},
    io::AsyncWriteExt,
};

/// A content that is coming in. Dropped, it was never there.
#[derive(Debug)]
pub struct Incoming {
    temporary: Temporary,
    file: File,
    hash: Sha256,
    bytes: u64,
}

/// A content that is here whole, on disk, and has no place yet. Dropped, it was never there.
#[derive(Debug)]
pub struct Received {
    temporary: Temporary,
    hash: ContentHash,
    bytes: u64,
}

/// A file that goes with whoever holds it.
#[derive(Debug)]
pub(super) struct Temporary(pub PathBuf);

impl Temporary {
    /// Leaves the file where it is, whoever holds it no more.
    pub(super) fn leave(mut self) -> PathBuf {
        // Nothing is called by no name: that is what is removed instead.
        std::mem::take(&mut self.0)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Most often it is in its place by now. What cannot be removed is swept up later.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Incoming {
    /// Begins to write where nothing stands yet.
    pub(super) async fn create(path: PathBuf) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).await?;
        Ok(Self { temporary: Temporary(path), file, hash: Sha256::new(), bytes: 0 })
    }

    /// Takes the next piece.
    pub async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file.write_all(piece).await?;
        self.hash.update(piece);
        self.bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    /// How much of it is here, in bytes.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Everything is here; it is on disk after this.
    pub async fn finish(mut self) -> io::Result<Received> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let hash: [u8; 32] = self.hash.finalize().into();
        Ok(Received { temporary: self.temporary, hash: hash.into(), bytes: self.bytes })
    }
}

impl Received {
    /// By what it is known.
    #[must_use]
    pub const fn hash(&self) -> ContentHash {
        self.hash
    }

    /// How large it is.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Where it stands until it has a place.
    pub(super) fn path(&self) -> &Path {
        &self.temporary.0
    }
}
