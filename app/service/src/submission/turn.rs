//! Whose turn it is with a submission, and by when.

use std::collections::HashMap;

use kwanus_domain::{
    case::{CaseId, CaseState},
    request::{Pending, RequestState, turn_of_partner},
};
use kwanus_store::{Tx, ballot, case::CaseRow, request};

use crate::Result;

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// In one sentence for the partner, without a full stop.
    pub sentence: String,
    /// Whether a board waits for the partner.
    pub is_asked: bool,
}

/// Whose turn it is with one submission.
pub(super) async fn turn(tx: &mut Tx, case: &CaseRow) -> Result<Turn> {
    let turn = turns(tx, std::slice::from_ref(case)).await?.remove(&case.id);
    turn.ok_or_else(|| kwanus_store::Error::Inconsistent(format!("nobody's turn with {}", case.reference)).into())
}

/// The same of a page of submissions at once. While the boards have one revision and the partner writes another, it is the
/// boards' turn, unless they asked for something.
pub(super) async fn turns(tx: &mut Tx, cases: &[CaseRow]) -> Result<HashMap<CaseId, Turn>> {
    let now = tx.now();
    let open: Vec<_> = cases.iter().filter(|case| case.state == CaseState::Open).map(|case| case.id).collect();
    let (mut ballots, mut pending) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
    for row in ballot::list_of_cases(tx, &open).await? {
        let deadline = row.deadline();
        ballots.entry(row.case_id).or_default().push((row.board_key, deadline));
    }
    for row in request::list_unresolved(tx, &open).await? {
        let request = Pending { board: row.board, state: row.state, due_at: row.due_at };
        pending.entry(row.case).or_default().push(request);
    }
    let turn = |case: &CaseRow| {
        let (ballots, pending) = (ballots.remove(&case.id).unwrap_or_default(), pending.remove(&case.id));
        let pending = pending.unwrap_or_default();
        let sentence = turn_of_partner(case.state, &ballots, &pending, now);
        (case.id, Turn { sentence, is_asked: pending.iter().any(|request| request.state == RequestState::Open) })
    };
    Ok(cases.iter().map(turn).collect())
}
