//! What becomes binding as a case is decided.

use kwanus_domain::{
    ballot::{Outcome, binds},
    case::{CaseId, CaseRef},
};
use kwanus_store::{Tx, ballot};

use super::super::state::{BoardBallot, SeatPosition};
use crate::Result;

/// Lets the conditions of the positions that count bind the decision, in its transaction; answers their numbers. What is
/// declined has none.
pub(in crate::ballot) async fn bind(
    tx: &mut Tx,
    (case, reference): (CaseId, CaseRef),
    outcome: Outcome,
    ballots: &[BoardBallot],
) -> Result<Vec<i64>> {
    if !binds(reference.kind, outcome) {
        return Ok(vec![]);
    }
    let counts = |ballot: &BoardBallot, seat: &SeatPosition| {
        let names = seat.position.as_ref().is_some_and(|position| !position.conditions.is_empty());
        (names && seat.counted().is_some()).then_some((ballot.id, seat.person))
    };
    let counted: Vec<_> =
        ballots.iter().flat_map(|ballot| ballot.seats.iter().filter_map(move |seat| counts(ballot, seat))).collect();
    let positions = ballot::list_positions(tx, &[case]).await?.into_iter();
    let binding = positions
        .filter(|row| row.superseded_at.is_none() && counted.contains(&(row.ballot, row.person)))
        .map(|row| row.id)
        .collect::<Vec<_>>();
    if binding.is_empty() {
        return Ok(vec![]);
    }
    ballot::bind_conditions(tx, case, &binding).await?;
    Ok(ballot::list_bindings(tx, case).await?.into_iter().map(|row| row.number).collect())
}
