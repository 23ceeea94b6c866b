//! Sending a case to the boards that its route names.

use kwanus_domain::{
    ballot::{Deadline, Part},
    case::Routed,
};
use kwanus_store::{Tx, ballot, ballot::BallotData, board, case::CaseRow};

use crate::Result;

/// Opens a ballot of each board that decides or advises; for another revision of what is before them, those that are open
/// begin anew. Once asked, a board stays asked. They close at `closes`, or after as many days as each board takes.
pub(crate) async fn open(tx: &mut Tx, case: &CaseRow, routed: &[Routed], closes: Option<Deadline>) -> Result<()> {
    let boards = board::list(tx).await?;
    let present = ballot::list_of_case(tx, case.id).await?;
    let now = tx.now();
    for board in boards {
        let deadline = closes.unwrap_or_else(|| Deadline::after(now, board.ballot_days));
        let before = present.iter().find(|ballot| ballot.board_key == board.key);
        let route = routed.iter().find(|routed| routed.board == board.key && routed.part != Part::Informed);
        match (before, route) {
            (None, None) => {}
            (None, Some(route)) => {
                let data = BallotData { board: board.key, part: route.part, threshold: route.threshold, deadline };
                ballot::insert(tx, case.id, &data).await?;
            }
            (Some(before), route) => {
                let part = route.map_or(before.part, |route| route.part.min(before.part));
                let threshold = route.map_or(before.threshold, |route| route.threshold);
                let data = BallotData { board: board.key, part, threshold, deadline };
                ballot::reopen(tx, before.id, &data).await?;
            }
        }
    }
    Ok(ballot::reschedule(tx, case.id).await?)
}
