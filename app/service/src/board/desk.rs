//! The boards as those see them who change them.

use kwanus_domain::{
    account::PersonName,
    ballot::{Part, Rule},
    case::Route,
};
use kwanus_store::{
    Db,
    board::{self, BoardRow, ProposalRow},
    case,
};

use crate::{Caller, Result, proposal::reader};

/// All boards, and what is proposed of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardDesk {
    /// The boards, in their order.
    pub boards: Vec<DeskBoard>,
    /// The version of the rules.
    pub version: i64,
    /// What waits for a second administrator, the first one first.
    pub proposals: Vec<ProposalRow>,
}

/// A board in the table of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskBoard {
    /// The board.
    pub row: BoardRow,
    /// How many members are in term today.
    pub members: usize,
    /// Who chairs it today.
    pub chair: Option<PersonName>,
    /// The rules that it decides by, each once.
    pub rules: Vec<Rule>,
}

/// All boards, for administrators and auditors.
pub async fn desk(db: &Db, caller: &Caller) -> Result<BoardDesk> {
    reader(caller)?;
    let mut tx = db.read().await?;
    let now = tx.now();
    let roster = board::roster(&mut tx, now).await?;
    let routes = case::list_routes(&mut tx).await?;
    let boards = board::list(&mut tx).await?.into_iter().map(|row| {
        let members: Vec<_> = roster.iter().filter(|member| member.board_key == row.key).collect();
        let chair = members.iter().find(|member| member.is_chair).map(|member| member.name.clone());
        let decides = |route: &&Route| route.board == row.key && route.part == Part::Decides;
        let mut rules = Vec::new();
        for route in routes.iter().filter(decides) {
            if !rules.contains(&route.rule) {
                rules.push(route.rule);
            }
        }
        DeskBoard { members: members.len(), chair, rules, row }
    });
    let boards = boards.collect();
    let version = board::newest_version(&mut tx).await?;
    Ok(BoardDesk { boards, version, proposals: board::list_open_proposals(&mut tx).await? })
}
