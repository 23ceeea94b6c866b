//! Whose turn it is with a case, and by when.

use chrono::{DateTime, Utc};
use kwanus_domain::request::{Awaited, Pending, Side, Situation, turn};
use kwanus_store::case::CaseRow;

use crate::ballot::{BoardBallot, counts, is_served};

/// In one sentence, said to one side. While the boards have one revision and the partner writes another, it is the boards'
/// turn, unless they asked for something.
pub(crate) fn turn_of(
    reader: Side,
    case: &CaseRow,
    ballots: &[BoardBallot],
    pending: &[Pending],
    now: DateTime<Utc>,
) -> String {
    // A board of too few waits for the one that serves for it, which is named by itself.
    let awaited = ballots
        .iter()
        .zip(counts(ballots, now))
        .filter(|(ballot, counted)| counted.is_awaited() && !is_served(ballot, ballots))
        .map(|(ballot, _)| Awaited { board: ballot.board.clone(), part: ballot.part, deadline: ballot.deadline });
    let awaited: Vec<_> = awaited.collect();
    let (state, ended_at, ask) = (case.state, case.decided_at, case.reference.kind.ask());
    turn(reader, &Situation { state, ended_at, ask, awaited: &awaited, pending }, now)
}
