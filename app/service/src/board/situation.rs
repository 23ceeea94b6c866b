//! How things stand, as far as a change of a board is about them.

use kwanus_domain::{
    board::{AskedCase, BoardKey, Candidate, Change, Situation},
    case::{CaseId, CaseState},
};
use kwanus_store::{
    Tx,
    account::person::{self, Person},
    board, case,
};

use crate::{
    Result,
    ballot::{SeatPosition, load},
};

/// How things stand for a change.
pub(crate) async fn situation(tx: &mut Tx, change: &Change) -> Result<Situation> {
    let now = tx.now();
    let boards = board::list(tx).await?.into_iter().map(|row| row.key).collect();
    let mut terms = board::list_terms(tx).await?;
    terms.retain(|term| term.seat.board == *change.board());
    let person = match change.appointee() {
        Some(id) => person::lookup(tx, id).await?,
        None => None,
    };
    let candidate = |person: Person| Candidate {
        id: person.id,
        has_role: !person.roles.standings(now).is_empty(),
        is_partner_user: person.roles.partner().is_some(),
        is_disabled: person.disabled_at.is_some(),
        name: person.name,
    };
    let case = match change {
        Change::AdHoc { case, board, .. } => asked(tx, *case, board).await?,
        Change::Rule { .. } | Change::Appoint { .. } | Change::EndTerm { .. } => None,
    };
    let routes = case::list_routes(tx).await?;
    Ok(Situation { now, boards, routes, terms, person: person.map(candidate), case })
}

/// An open case that is before the board with the final word, if that is the board.
async fn asked(tx: &mut Tx, id: CaseId, board: &BoardKey) -> Result<Option<AskedCase>> {
    let open = case::lookup_by_id(tx, id).await?.filter(|case| case.state == CaseState::Open);
    let Some(case) = open else { return Ok(None) };
    let ballots = load(tx, (&case).into()).await?;
    let ballot = ballots.into_iter().find(|ballot| ballot.board == *board && ballot.has_final_word);
    let seat = |seat: &SeatPosition| (seat.person, seat.may_vote());
    Ok(ballot.map(|ballot| AskedCase {
        reference: case.reference,
        seats: ballot.seats.iter().filter(|seat| seat.is_in_term).map(seat).collect(),
        proposer: case.proposer(),
    }))
}
