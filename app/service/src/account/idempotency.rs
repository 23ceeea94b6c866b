//! A request of a program that its sender gave a name: it may be sent again, and is done once.

use kwanus_domain::account::{IdempotencyKey, TokenId};
use kwanus_store::{
    Tx,
    account::idempotency::{self, AnswerRow},
};
use sha2::{Digest, Sha256};

use crate::{Caller, Result};

/// A request with a name, under the token that it was sent with.
pub(crate) struct NamedRequest<'k> {
    token: TokenId,
    key: &'k IdempotencyKey,
    hash: [u8; 32],
}

/// What became of an earlier request of that name.
pub(crate) enum Earlier {
    /// It was the same, and was answered so.
    Same {
        /// The status.
        status: u16,
        /// The answer.
        answer: String,
    },
    /// It was another one.
    Other,
}

impl<'k> NamedRequest<'k> {
    /// The request, if a program sends it and gave it a name; `parts` are what tells it from another.
    pub(crate) fn new(caller: &Caller, key: Option<&'k IdempotencyKey>, parts: &[&[u8]]) -> Option<Self> {
        let (token, key) = caller.token().zip(key)?;
        let hash = parts.iter().fold(Sha256::new(), Digest::chain_update).finalize();
        Some(Self { token, key, hash: hash.into() })
    }

    /// What became of an earlier one of its name. The caller holds something that both need.
    pub(crate) async fn earlier(&self, tx: &mut Tx) -> Result<Option<Earlier>> {
        let before = idempotency::lookup(tx, self.token, self.key).await?;
        Ok(before.map(|before| match u16::try_from(before.status) {
            Ok(status) if before.body_hash == self.hash => Earlier::Same { status, answer: before.answer },
            _ => Earlier::Other,
        }))
    }

    /// Keeps what is answered.
    pub(crate) async fn keep(&self, tx: &mut Tx, status: u16, answer: &str) -> Result<()> {
        let row = AnswerRow { body_hash: self.hash.to_vec(), status: status.into(), answer: answer.to_owned() };
        Ok(idempotency::insert(tx, self.token, self.key, &row).await?)
    }
}
