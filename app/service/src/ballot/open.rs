//! Sending a case to the boards that its routes name.

use std::collections::BTreeSet;

use kwanus_domain::{
    ballot::{Deadline, Part},
    board::BoardKey,
    case::{CaseId, RouteKey, routed},
    integration::Layers,
};
use kwanus_store::{Tx, ballot, ballot::BallotData, board, case};

use crate::Result;

/// Opens a ballot of each board that the routes of these keys name, to decide or to advise; for another revision of what is
/// before them, those that are open begin anew. Once asked, a board stays asked. They close at `closes`, or after as many
/// days as each board takes. Answers every board that learns of the case, those that are only informed among them.
pub(crate) async fn open(
    tx: &mut Tx,
    case: CaseId,
    keys: &BTreeSet<RouteKey>,
    layers: &Layers,
    closes: Option<Deadline>,
) -> Result<Vec<BoardKey>> {
    let routed = routed(&case::list_routes(tx).await?, keys, layers);
    let present = ballot::list_of_case(tx, case).await?;
    let now = tx.now();
    for board in board::list(tx).await? {
        let deadline = closes.unwrap_or_else(|| Deadline::after(now, board.ballot_days));
        let before = present.iter().find(|ballot| ballot.board_key == board.key);
        let route = routed.iter().find(|routed| routed.board == board.key && routed.part != Part::Informed);
        match (before, route) {
            (None, None) => {}
            (None, Some(route)) => {
                let data = BallotData { board: board.key, part: route.part, threshold: route.threshold, deadline };
                ballot::insert(tx, case, &data).await?;
            }
            (Some(before), route) => {
                let part = route.map_or(before.part, |route| route.part.min(before.part));
                let threshold = route.map_or(before.threshold, |route| route.threshold);
                let data = BallotData { board: board.key, part, threshold, deadline };
                ballot::reopen(tx, before.id, &data).await?;
            }
        }
    }
    ballot::reschedule(tx, case).await?;
    Ok(routed.into_iter().map(|routed| routed.board).collect())
}
