//! A request of a program that its sender may give a name: by that it may be sent again, and is answered once.

use kwanus_domain::{
    account::{IdempotencyKey, TokenId},
    manifest::Lint,
    partner::PartnerId,
};
use kwanus_store::{
    Tx,
    account::idempotency::{self, AnswerRow},
    partner,
};
use sha2::{Digest, Sha256};

use crate::{Caller, Error, Result};

/// So many refusals are kept for a token at a time: a program that is mended again and again needs some dozens, and one that
/// runs wild shall not fill the disk.
const MOST_REFUSALS: i64 = 1_000;

/// A request of a program, as it came.
#[derive(Clone, Copy, Debug)]
pub struct ProgramRequest<'r> {
    /// The name that its sender gave it.
    pub key: Option<&'r IdempotencyKey>,
    /// What it carried, by which it is told from another of the same name.
    pub body: &'r [u8],
    /// How a refusal is told.
    pub refuse: fn(Refusal) -> Reply,
}

/// What a request is answered, and again where it is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The text.
    pub text: String,
}

/// Why a request that was understood is not done.
#[derive(Debug)]
pub enum Refusal {
    /// The manifest is not accepted.
    Manifest(Lint),
    /// Something else is against it.
    Other(Error),
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is done or refused now.
    Now(Reply),
    /// It was before, and nothing was done now.
    Before(Reply),
    /// Its name is that of another request.
    Reused,
}

/// A request that is answered once, under the token that it was sent with.
pub(crate) struct Once<'r> {
    name: Option<Name<'r>>,
    refuse: fn(Refusal) -> Reply,
}

struct Name<'r> {
    token: TokenId,
    key: &'r IdempotencyKey,
    hash: [u8; 32],
}

impl<'r> Once<'r> {
    /// The request, which has a name if a program sends it and gave it one; what is sent to another address is another
    /// request.
    pub(crate) fn new(caller: &Caller, request: &ProgramRequest<'r>, address: &str) -> Self {
        let name = caller.token().zip(request.key).map(|(token, key)| {
            let hash = Sha256::new().chain_update(address).chain_update(request.body).finalize();
            Name { token, key, hash: hash.into() }
        });
        Self { name, refuse: request.refuse }
    }

    /// What it was answered before. It holds the partner first: of two requests of one name, the second waits, and finds
    /// what the first was answered. What is done after this is undone where the request is refused.
    pub(crate) async fn before(&self, tx: &mut Tx, partner: PartnerId) -> Result<Option<Answered>> {
        partner::lookup_for_update(tx, partner).await?.ok_or(Error::NotFound)?;
        tx.mark().await?;
        let Some(name) = &self.name else { return Ok(None) };
        let before = idempotency::lookup(tx, name.token, name.key).await?;
        Ok(before.map(|before| match u16::try_from(before.status) {
            Ok(status) if before.body_hash == name.hash => Answered::Before(Reply { status, text: before.answer }),
            _ => Answered::Reused,
        }))
    }

    /// Ends it with what came of it, and keeps the answer: that it is done, or that it is refused and nothing of it is.
    /// A refusal stands as well, whatever is mended since: whoever mends something sends another request. Who may ask, and
    /// for what there is, is looked at anew each time, and our own faults hold nobody up: those are no answers to keep. Nor is
    /// a refusal beyond so many.
    pub(crate) async fn end(&self, mut tx: Tx, outcome: Result<Result<Reply, Lint>>) -> Result<Answered> {
        let refusal = match outcome {
            Ok(Ok(reply)) => return self.keep(tx, reply).await,
            Ok(Err(lint)) => Refusal::Manifest(lint),
            Err(error @ (Error::Invalid(_) | Error::Conflict(_) | Error::Gone(_))) => Refusal::Other(error),
            Err(error) => return Err(error),
        };
        tx.back().await?;
        let reply = (self.refuse)(refusal);
        // Counted under the lock of the partner, whose token it is.
        if let Some(name) = &self.name
            && idempotency::count_refusals(&mut tx, name.token).await? >= MOST_REFUSALS
        {
            return Ok(Answered::Now(reply));
        }
        self.keep(tx, reply).await
    }

    async fn keep(&self, mut tx: Tx, reply: Reply) -> Result<Answered> {
        if let Some(name) = &self.name {
            let row =
                AnswerRow { body_hash: name.hash.to_vec(), status: reply.status.into(), answer: reply.text.clone() };
            idempotency::insert(&mut tx, name.token, name.key, &row).await?;
        }
        tx.commit().await?;
        Ok(Answered::Now(reply))
    }
}
