//! How much of a partner's is not decided yet, and what is asked of it there.

use kwanus_store::{
    Db,
    case::{self, UnfinishedRow},
};

use super::draft::own_partner;
use crate::{
    Caller, Result,
    ballot::{Asked, BoardBallot, load_all},
};

/// A partner's submissions that are not decided yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// How many are drafts.
    pub drafts: i64,
    /// How many are before the boards.
    pub open: i64,
    /// In how many of those a board waits for the partner.
    pub asked: i64,
    /// To how many of those a member objects, where the partner does not write another revision.
    pub objected: usize,
}

/// How many submissions of the caller's partner are not decided yet, however old they are.
pub async fn count(db: &Db, caller: &Caller) -> Result<Unfinished> {
    let own = own_partner(caller)?;
    let mut tx = db.read().await?;
    let UnfinishedRow { drafts, open, asked } = case::count_unfinished(&mut tx, own.id).await?;
    let objected: Vec<_> = case::list_objected(&mut tx, own.id).await?.iter().map(Asked::from).collect();
    let ballots = load_all(&mut tx, &objected).await?;
    let is_objected = |ballots: &&Vec<BoardBallot>| ballots.iter().any(|ballot| ballot.objections().next().is_some());
    Ok(Unfinished { drafts, open, asked, objected: ballots.values().filter(is_objected).count() })
}
