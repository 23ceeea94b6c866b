//! Where the content of files is kept: a folder in which each is called by the SHA-256 of what it holds, so that one content
//! is there once, and nothing that anybody called it becomes a path. That it is a folder, only opening it says: what keeps
//! contents elsewhere, such as S3, has the same methods.

use std::{
    fmt::Write as _,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    pin::Pin,
    sync::Arc,
    time::SystemTime,
};

use kwanus_domain::evidence::ContentHash;
use tokio::{
    fs::{self, DirBuilder, File},
    io::AsyncRead,
};

use super::incoming::{Incoming, Received, Temporary};
use crate::Environment;

/// Where what still comes in stands: on the same disk, so that it is put into its place in one step.
const INCOMING: &str = "incoming";

/// The folder. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Vault {
    folder: Arc<Path>,
    environment: Arc<dyn Environment>,
}

/// A content, to be read.
pub struct Content {
    /// How large it is.
    pub bytes: u64,
    /// What it holds.
    pub reader: Pin<Box<dyn AsyncRead + Send>>,
}

impl Vault {
    /// Opens the folder, creating it where there is none, for this program's user alone; fails where nothing can be written
    /// into it.
    pub async fn open(folder: &Path, environment: Arc<dyn Environment>) -> io::Result<Self> {
        create_folder(&folder.join(INCOMING)).await?;
        let vault = Self { folder: folder.into(), environment };
        vault.receive().await?.finish().await?;
        Ok(vault)
    }

    /// Begins to take a content in.
    pub async fn receive(&self) -> io::Result<Incoming> {
        loop {
            match Incoming::create(self.aside()).await {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                begun => return begun,
            }
        }
    }

    /// Puts a content into its place. It stays there while something names it; done again, it is done once.
    pub async fn keep(&self, received: &Received) -> io::Result<()> {
        let path = self.path(received.hash());
        let Some(parent) = path.parent() else { return Err(ErrorKind::NotFound.into()) };
        create_folder(parent).await?;
        // Where the same content is there already it is replaced, so that it is as young as what names it.
        match fs::rename(received.path(), &path).await {
            Err(error) if error.kind() == ErrorKind::NotFound && fs::try_exists(&path).await? => {}
            done => done?,
        }
        for folder in [parent, &*self.folder] {
            File::open(folder).await?.sync_all().await?;
        }
        Ok(())
    }

    /// A content, to be read.
    pub async fn read(&self, hash: ContentHash) -> io::Result<Content> {
        let file = File::open(self.path(hash)).await?;
        Ok(Content { bytes: file.metadata().await?.len(), reader: Box::pin(file) })
    }

    /// All contents.
    pub async fn list(&self) -> io::Result<Vec<ContentHash>> {
        let mut all = Vec::new();
        let mut folders = fs::read_dir(&self.folder).await?;
        while let Some(folder) = folders.next_entry().await? {
            let name = folder.file_name();
            let Some(head) = name.to_str().filter(|name| name.len() == 2) else { continue };
            let mut files = fs::read_dir(folder.path()).await?;
            while let Some(file) = files.next_entry().await? {
                all.extend(file.file_name().to_str().and_then(|tail| ContentHash::parse(&format!("{head}{tail}"))));
            }
        }
        Ok(all)
    }

    /// Deletes a content that nothing names, unless somebody has put it there since `before`, by the clock of the disk; answers
    /// whether it is gone. What cannot be deleted stays in its place, and what cannot be put back there stays aside.
    pub async fn discard(&self, hash: ContentHash, before: SystemTime) -> io::Result<bool> {
        let (path, aside) = (self.path(hash), Temporary(self.aside()));
        if !is_older(&path, before).await? {
            return Ok(false);
        }
        // Set aside and looked at again: whoever puts the same there meanwhile, from another server too, does not lose it.
        match fs::rename(&path, &aside.0).await {
            // Another server was first.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            moved => moved?,
        }
        let discarded = remove_older(&aside.0, before).await;
        if !matches!(discarded, Ok(true)) {
            put_back(aside, &path).await?;
        }
        discarded
    }

    /// Deletes what began to come in before `before` and never came whole; answers how many, and why others could not be
    /// deleted.
    pub async fn discard_incoming(&self, before: SystemTime) -> io::Result<(usize, Vec<io::Error>)> {
        let (mut count, mut failures) = (0, Vec::new());
        let mut files = fs::read_dir(self.folder.join(INCOMING)).await?;
        while let Some(file) = files.next_entry().await? {
            match remove_older(&file.path(), before).await {
                Ok(is_gone) => count += usize::from(is_gone),
                Err(error) => failures.push(error),
            }
        }
        Ok((count, failures))
    }

    fn path(&self, hash: ContentHash) -> PathBuf {
        let hex = hash.to_string();
        let (head, tail) = hex.split_at(2);
        self.folder.join(head).join(tail)
    }

    /// Where nothing stands yet.
    fn aside(&self) -> PathBuf {
        let mut bytes = [0_u8; 16];
        self.environment.fill(&mut bytes);
        let mut name = String::with_capacity(32);
        for byte in bytes {
            // A string takes all that it is given.
            let _ = write!(name, "{byte:02x}");
        }
        self.folder.join(INCOMING).join(name)
    }
}

async fn create_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).await
}

/// Whether what is there was written before that; what is gone meanwhile was not.
async fn is_older(path: &Path, before: SystemTime) -> io::Result<bool> {
    match fs::metadata(path).await {
        Ok(metadata) => Ok(metadata.modified()? < before),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes what was written before that; answers whether it is gone. What is gone already, somebody else removed.
async fn remove_older(path: &Path, before: SystemTime) -> io::Result<bool> {
    if !is_older(path, before).await? {
        return Ok(false);
    }
    match fs::remove_file(path).await {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        removed => removed.map(|()| true),
    }
}

/// Puts what was set aside back into its place, unless the same is there again. Where that fails it is left aside, since it may
/// be all that there is.
async fn put_back(aside: Temporary, path: &Path) -> io::Result<()> {
    let done = match fs::hard_link(&aside.0, path).await {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // Not every disk has links.
        Err(_) => fs::rename(&aside.0, path).await,
        Ok(()) => Ok(()),
    };
    if let Err(error) = &done {
        let (aside, path) = (aside.leave(), path.display());
        tracing::error!(%error, aside = %aside.display(), %path, "a content could not be put back into its place");
    }
    done
}

#[cfg(test)]
mod tests {
    use std::{
        os::unix::fs::PermissionsExt,
        time::{Duration, UNIX_EPOCH},
    };

    use tempfile::TempDir;
    use tokio::io::AsyncReadExt;

    use super::*;
    use crate::testing::{Fixed, START};

    /// The SHA-256 of `abc`, as FIPS 180-2 gives it.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    async fn a_vault() -> (TempDir, Vault) {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(&folder.path().join("a/evidence"), Fixed::at(START)).await.unwrap();
        (folder, vault)
    }

    async fn received(vault: &Vault, pieces: &[&[u8]]) -> Received {
        let mut incoming = vault.receive().await.unwrap();
        for piece in pieces {
            incoming.write(piece).await.unwrap();
        }
        incoming.finish().await.unwrap()
    }

    async fn content(vault: &Vault, hash: ContentHash) -> Option<Vec<u8>> {
        let Content { bytes, mut reader } = vault.read(hash).await.ok()?;
        let mut content = Vec::new();
        reader.read_to_end(&mut content).await.unwrap();
        assert_eq!(u64::try_from(content.len()).unwrap(), bytes);
        Some(content)
    }

    fn incoming(vault: &Vault) -> usize {
        std::fs::read_dir(vault.folder.join(INCOMING)).unwrap().count()
    }

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn later() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1 << 33)
    }

    #[tokio::test]
    async fn a_content_is_kept_by_its_hash_once_and_for_nobody_else() {
        let (_folder, vault) = a_vault().await;
        let one = received(&vault, &[b"a", b"", b"bc"]).await;
        assert_eq!((one.hash().to_string().as_str(), one.bytes(), incoming(&vault)), (ABC, 3, 1));
        assert_eq!(content(&vault, one.hash()).await, None, "it has no place yet");
        // Twice, as where a transaction is tried again.
        vault.keep(&one).await.unwrap();
        vault.keep(&one).await.unwrap();
        let other = received(&vault, &[b"abc"]).await;
        vault.keep(&other).await.unwrap();
        let hash = one.hash();
        drop((one, other));
        assert_eq!(content(&vault, hash).await.as_deref(), Some(&b"abc"[..]));
        assert_eq!((incoming(&vault), vault.list().await.unwrap()), (0, vec![hash]));
        let path = vault.folder.join("ba").join(&ABC[2..]);
        assert_eq!((mode(&path), mode(path.parent().unwrap()), mode(&vault.folder)), (0o600, 0o700, 0o700));
    }

    #[tokio::test]
    async fn what_does_not_come_whole_was_never_there() {
        let (_folder, vault) = a_vault().await;
        let mut coming = vault.receive().await.unwrap();
        coming.write(b"abc").await.unwrap();
        assert_eq!((coming.bytes(), incoming(&vault)), (3, 1));
        drop(coming);
        drop(received(&vault, &[b"abc"]).await);
        assert_eq!(incoming(&vault), 0);
        assert_eq!(vault.list().await.unwrap(), []);
    }

    #[tokio::test]
    async fn only_what_is_old_is_discarded() {
        let (_folder, vault) = a_vault().await;
        let one = received(&vault, &[b"abc"]).await;
        vault.keep(&one).await.unwrap();
        assert!(!vault.discard(one.hash(), UNIX_EPOCH).await.unwrap());
        assert_eq!(content(&vault, one.hash()).await.as_deref(), Some(&b"abc"[..]));
        assert!(vault.discard(one.hash(), later()).await.unwrap());
        assert!(!vault.discard(one.hash(), later()).await.unwrap(), "it is gone");
        assert_eq!((content(&vault, one.hash()).await, incoming(&vault)), (None, 0));

        // What a process left that was killed.
        std::fs::write(vault.folder.join(INCOMING).join("left"), "half").unwrap();
        assert_eq!(vault.discard_incoming(UNIX_EPOCH).await.unwrap().0, 0);
        assert_eq!((vault.discard_incoming(later()).await.unwrap().0, incoming(&vault)), (1, 0));
    }

    /// Tests run as somebody whom no permission stops: what cannot be removed is a folder where a file should be.
    #[tokio::test]
    async fn what_cannot_be_deleted_is_told_and_stays_in_its_place() {
        let (_folder, vault) = a_vault().await;
        let hash = ContentHash::parse(ABC).unwrap();
        std::fs::create_dir_all(vault.path(hash)).unwrap();
        assert!(vault.discard(hash, later()).await.is_err());
        assert_eq!((incoming(&vault), vault.list().await.unwrap()), (0, vec![hash]));

        let folder = vault.folder.join(INCOMING);
        std::fs::create_dir(folder.join("0")).unwrap();
        std::fs::write(folder.join("1"), "half").unwrap();
        let (count, failures) = vault.discard_incoming(later()).await.unwrap();
        assert_eq!((count, failures.len()), (1, 1));
    }

    #[tokio::test]
    async fn what_cannot_be_put_back_is_left_aside() {
        let (_folder, vault) = a_vault().await;
        let (hash, aside) = (ContentHash::parse(ABC).unwrap(), vault.aside());
        let path = vault.path(hash);
        std::fs::write(&aside, "abc").unwrap();
        assert!(put_back(Temporary(aside.clone()), &path).await.is_err(), "there is no folder for it");
        assert_eq!(std::fs::read(&aside).unwrap(), b"abc");
        create_folder(path.parent().unwrap()).await.unwrap();
        put_back(Temporary(aside), &path).await.unwrap();
        assert_eq!(content(&vault, hash).await.as_deref(), Some(&b"abc"[..]));
        assert_eq!(incoming(&vault), 0);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "").unwrap();
        assert!(Vault::open(&path, Fixed::at(START)).await.is_err());
    }
}
