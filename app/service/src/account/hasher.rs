//! Hashing passwords with argon2id: slow on purpose, and hungry, so that few run at once.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordVerifier, Version,
    password_hash::{PasswordHash, PasswordHasher, SaltString},
};
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// How many hashes run at once: each takes [`Cost::memory_kib`] for itself.
const AT_ONCE: usize = 2;

/// What a hash costs. Raising it rehashes each password when its owner next signs in.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for Cost {
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3 }
    }
}

/// Hashes and checks passwords, two at once, off the threads that serve pages.
#[derive(Clone, Debug)]
pub struct Hasher {
    cost: Cost,
    slots: Arc<Semaphore>,
    decoy: Arc<str>,
}

impl Hasher {
    /// A hasher at that cost. It makes one hash at once, of nobody's password, so that an unknown person takes as long to
    /// refuse as a wrong password.
    pub fn new(cost: Cost) -> Result<Self> {
        let decoy = hash(cost, b"nobody's password", [7; 16])?;
        Ok(Self { cost, slots: Arc::new(Semaphore::new(AT_ONCE)), decoy: decoy.into() })
    }

    /// The hash of a password, in PHC form.
    pub(crate) async fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String> {
        let (cost, password) = (self.cost, password.to_owned());
        self.run(move || hash(cost, password.as_bytes(), salt)).await?
    }

    /// Whether the password is that of the hash; without a hash, as long and never.
    pub(crate) async fn is_right(&self, password: &str, phc: Option<&str>) -> Result<bool> {
        let (password, is_known, phc) = (password.to_owned(), phc.is_some(), phc.unwrap_or(&self.decoy).to_owned());
        let matches = self
            .run(move || {
                let parsed = PasswordHash::new(&phc).map_err(internal)?;
                Ok::<_, Error>(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
            })
            .await??;
        Ok(matches && is_known)
    }

    /// Whether a hash was made at a lower cost than today's.
    pub(crate) fn is_outdated(&self, phc: &str) -> bool {
        PasswordHash::new(phc)
            .ok()
            .and_then(|parsed| Params::try_from(&parsed).ok())
            .is_none_or(|params| params.m_cost() < self.cost.memory_kib || params.t_cost() < self.cost.passes)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(internal)?;
        tokio::task::spawn_blocking(move || {
            let _slot = slot;
            work()
        })
        .await
        .map_err(internal)
    }
}

fn hash(cost: Cost, password: &[u8], salt: [u8; 16]) -> Result<String> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(internal)?;
    let salt = SaltString::encode_b64(&salt).map_err(internal)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(argon.hash_password(password, &salt).map_err(internal)?.to_string())
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_of_its_password_and_of_no_other() {
        let hasher = Hasher::new(Cost { memory_kib: 64, passes: 1 }).unwrap();
        let phc = hasher.hash("correct horse", [1; 16]).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{phc}");
        assert!(hasher.is_right("correct horse", Some(&phc)).await.unwrap());
        assert!(!hasher.is_right("correct horsf", Some(&phc)).await.unwrap());
        assert!(!hasher.is_right("nobody's password", None).await.unwrap());
    }

    #[tokio::test]
    async fn no_more_than_two_hashes_run_at_once() {
        use std::sync::atomic::{AtomicUsize, Ordering};

        let hasher = Hasher::new(Cost { memory_kib: 64, passes: 1 }).unwrap();
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let all: Vec<_> = (0..12)
            .map(|_| {
                let (hasher, running, most) = (hasher.clone(), Arc::clone(&running), Arc::clone(&most));
                tokio::spawn(async move {
                    let work = move || {
                        most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::sleep(std::time::Duration::from_millis(20));
                        running.fetch_sub(1, Ordering::SeqCst);
                    };
                    hasher.run(work).await
                })
            })
            .collect();
        for each in all {
            each.await.unwrap().unwrap();
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_cheaper_hash_is_outdated_and_a_dearer_one_is_not() {
        let (cheap, dear) = (Cost { memory_kib: 64, passes: 1 }, Cost { memory_kib: 128, passes: 1 });
        let phc = Hasher::new(cheap).unwrap().hash("x", [1; 16]).await.unwrap();
        assert!(Hasher::new(dear).unwrap().is_outdated(&phc));
        assert!(!Hasher::new(cheap).unwrap().is_outdated(&phc));
    }
}
