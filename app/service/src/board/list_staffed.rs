//! The boards with who sits on them.

use kwanus_domain::account::PersonName;
use kwanus_store::{
    Db,
    board::{self, BoardRow},
};

use crate::{Caller, Result};

/// A board with who sits on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffedBoard {
    /// The board.
    pub board: BoardRow,
    /// How many sit on it.
    pub seats: usize,
    /// Who chairs it.
    pub chairs: Vec<PersonName>,
    /// How many of its members are away today.
    pub away: usize,
    /// For how many of those a deputy acts.
    pub deputised: usize,
}

/// All boards, in their order, for everybody who reads what they read.
pub async fn list_staffed(db: &Db, caller: &Caller) -> Result<Vec<StaffedBoard>> {
    caller.person()?.require_desk()?;
    let mut tx = db.read().await?;
    let now = tx.now();
    let roster = board::roster(&mut tx, now).await?;
    let absent = board::list_absent_at(&mut tx, now.date_naive()).await?;
    let acting = board::list_delegations_at(&mut tx, now).await?;
    let boards = board::list(&mut tx).await?.into_iter().map(|board| {
        let members: Vec<_> = roster.iter().filter(|member| member.board_key == board.key).collect();
        let is_away = |person| absent.iter().any(|row| row.person_id == person);
        let is_deputised = |person| acting.iter().any(|row| row.board_key == board.key && row.member_id == person);
        let away: Vec<_> = members.iter().map(|member| member.person_id).filter(|person| is_away(*person)).collect();
        StaffedBoard {
            seats: members.len(),
            chairs: members.iter().filter(|member| member.is_chair).map(|member| member.name.clone()).collect(),
            deputised: away.iter().filter(|person| is_deputised(**person)).count(),
            away: away.len(),
            board,
        }
    });
    Ok(boards.collect())
}
