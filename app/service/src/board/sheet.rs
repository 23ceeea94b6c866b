//! One board as those see it who change it.

use kwanus_domain::{
    account::{Email, PersonName},
    board::{BoardKey, Term},
    case::Route,
};
use kwanus_store::{
    Db,
    account::person,
    board::{self, BoardRow},
    case,
};

use super::lookup_proposal::{Proposal, judged};
use crate::{Caller, Error, Result, proposal::reader};

/// A board with its members, its rules, and what is proposed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardSheet {
    /// The board.
    pub row: BoardRow,
    /// The terms that are not over: the chairs first, then by name.
    pub terms: Vec<Term>,
    /// How many members are in term today.
    pub members: usize,
    /// Its rules, by kind of case.
    pub routes: Vec<Route>,
    /// The version that they are of.
    pub version: i64,
    /// What waits for a second administrator, the first one first.
    pub proposals: Vec<Proposal>,
    /// Who can be appointed, as far as they are suggested.
    pub people: Vec<(Email, PersonName)>,
    /// Whether the caller may propose and confirm.
    pub may_act: bool,
}

/// That board, for administrators and auditors.
pub async fn lookup_sheet(db: &Db, caller: &Caller, key: &BoardKey) -> Result<BoardSheet> {
    let (person, may_act) = reader(caller)?;
    let mut tx = db.read().await?;
    let row = board::list(&mut tx).await?.into_iter().find(|row| row.key == *key).ok_or(Error::NotFound)?;
    let now = tx.now();
    let members = board::roster(&mut tx, now).await?.iter().filter(|member| member.board_key == *key).count();
    let mut terms = board::list_terms(&mut tx).await?;
    terms.retain(|term| term.seat.board == *key);
    let mut routes = case::list_routes(&mut tx).await?;
    routes.retain(|route| route.board == *key);
    // In the order of the charter.
    routes.sort_by_key(|route| route.key);
    let mut proposals = Vec::new();
    for proposed in board::list_open_proposals(&mut tx).await? {
        if proposed.change.board() == key {
            proposals.push(judged(&mut tx, proposed, person, may_act).await?);
        }
    }
    let mut people = Vec::new();
    if may_act {
        let listed = person::list_enabled(&mut tx).await?;
        let desk = listed.into_iter().filter(|person| person.roles.partner().is_none());
        people.extend(desk.map(|person| (person.email, person.name)));
    }
    let version = board::newest_version(&mut tx).await?;
    Ok(BoardSheet { row, terms, members, routes, version, proposals, people, may_act })
}
