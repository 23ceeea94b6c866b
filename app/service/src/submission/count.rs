//! How much of a partner's is not decided yet.

use kwanus_store::{Db, case};

use super::draft::own_partner;
use crate::{Caller, Result};

/// A partner's submissions that are not decided yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// How many are drafts.
    pub drafts: i64,
    /// How many are before the boards.
    pub open: i64,
}

/// How many submissions of the caller's partner are not decided yet.
pub async fn count(db: &Db, caller: &Caller) -> Result<Unfinished> {
    let own = own_partner(caller)?;
    let (drafts, open) = case::count_unfinished(&mut db.read().await?, own.id).await?;
    Ok(Unfinished { drafts, open })
}
