//! What the positions of a board's members rest on.

use std::collections::HashMap;

use chrono::Duration;
use kwanus_domain::{
    account::{PersonId, PersonName},
    board::BoardKey,
};
use kwanus_store::{
    Db,
    ballot::{self, Figures},
    board::{self, BoardRow},
};

use crate::{Caller, Error, Person, Result};

/// How far back positions are counted, in days.
const DAYS: i64 = 365;

/// What the positions of a board's members rest on, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diligence {
    /// Which board.
    pub board: BoardRow,
    /// Whether the caller chairs it, and so reads of every member.
    pub is_of_all: bool,
    /// Those of whom the caller reads: chairs first, then by name.
    pub members: Vec<MemberDiligence>,
    /// How far back positions are counted, in days.
    pub days: i64,
}

/// What the positions of a member rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberDiligence {
    /// Their name.
    pub name: PersonName,
    /// Whether they chair the board.
    pub is_chair: bool,
    /// What was counted.
    pub figures: Figures,
}

/// Whether somebody reads what positions on a board rest on: its members in term.
pub(super) fn reads_diligence(person: &Person, board: &BoardKey) -> bool {
    person.boards().contains(board)
}

/// What the positions of a board's members rest on: of oneself, and for its chair of every member in term. It is between the
/// two, so that whoever administers or audits reads nothing of it either.
pub async fn diligence(db: &Db, caller: &Caller, key: &BoardKey) -> Result<Diligence> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let found = board::list(&mut tx).await?.into_iter().find(|board| board.key == *key);
    let board = found.ok_or(Error::NotFound)?;
    if !reads_diligence(person, key) {
        return Err(Error::Forbidden("Only a member of the board reads this, and its chair"));
    }
    let is_of_all = person.chairs().contains(key);
    let now = tx.now();
    let mut members = board::roster(&mut tx, now).await?;
    members.retain(|member| member.board_key == *key && (is_of_all || member.person_id == person.id));
    let people: Vec<_> = members.iter().map(|member| member.person_id).collect();
    let rows = ballot::list_figures(&mut tx, key, &people, now - Duration::days(DAYS)).await?;
    let figures: HashMap<PersonId, Figures> = rows.into_iter().map(|row| (row.person_id, row.figures)).collect();
    let members = members.into_iter().map(|member| MemberDiligence {
        figures: figures.get(&member.person_id).copied().unwrap_or_default(),
        name: member.name,
        is_chair: member.is_chair,
    });
    Ok(Diligence { board, is_of_all, members: members.collect(), days: DAYS })
}
