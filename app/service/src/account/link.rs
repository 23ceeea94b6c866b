//! The one-time link by which a person sets a password.

use std::fmt::Write as _;

use kwanus_domain::account::PersonId;
use kwanus_store::{Tx, account::link};
use sha2::{Digest, Sha256};

use crate::Result;

/// The secret of a link, to be shown once. Only its hash is kept.
#[derive(Clone)]
pub struct Link {
    token: String,
}

impl Link {
    /// Makes a link for the person and voids the earlier ones.
    pub(super) async fn make(tx: &mut Tx, person: PersonId) -> Result<Self> {
        let token = tx.random::<32>().iter().fold(String::with_capacity(64), |mut token, byte| {
            // Writing to a string does not fail.
            let _ = write!(token, "{byte:02x}");
            token
        });
        link::insert(tx, &token_hash(&token), person).await?;
        Ok(Self { token })
    }

    /// Where the link leads, below the address of the installation.
    pub fn path(&self) -> String {
        format!("/set-password/{}", self.token)
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link(…)")
    }
}

pub(super) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
