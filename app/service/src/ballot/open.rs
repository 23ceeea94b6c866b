//! Sending a case to the boards that its routes name.

use std::collections::BTreeSet;

use kwanus_domain::{
    audit::{Actor, EventKind, Subject},
    ballot::{Deadline, Part, Progress, Rule},
    board::BoardKey,
    case::{CaseId, RouteKey, Routed, appealed_to, routed},
    integration::Layers,
};
use kwanus_store::{
    Tx,
    audit::{self, Event},
    ballot::{self, BallotData},
    board,
    case::{self, CaseRow},
};
use serde_json::json;

use super::state::BoardBallot;
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
    board::hold_rules(tx).await?;
    let routed = routed(&case::list_routes(tx).await?, keys, layers);
    send(tx, case, routed, closes).await
}

/// Opens the ballots of an appeal: of the boards that decided what is appealed, and of those that appeals go to.
pub(crate) async fn open_of_appeal(tx: &mut Tx, case: CaseId, decided: &[BoardKey]) -> Result<Vec<BoardKey>> {
    board::hold_rules(tx).await?;
    let routed = appealed_to(&case::list_routes(tx).await?, decided);
    send(tx, case, routed, None).await
}

async fn send(tx: &mut Tx, case: CaseId, routed: Vec<Routed>, closes: Option<Deadline>) -> Result<Vec<BoardKey>> {
    let present = ballot::list_of_case(tx, case).await?;
    let now = tx.now();
    for board in board::list(tx).await? {
        let before = present.iter().find(|ballot| ballot.board_key == board.key);
        let route = routed.iter().find(|routed| routed.board == board.key && routed.part != Part::Informed);
        match (before, route) {
            (None, None) => {}
            (None, Some(route)) => {
                let deadline = closes.unwrap_or_else(|| Deadline::after(now, route.rule.days));
                let rule = route.rule.ending(deadline, now);
                let data = BallotData { board: board.key, part: route.part, rule, deadline };
                ballot::insert(tx, case, &data).await?;
            }
            (Some(before), route) => {
                let part = route.map_or(before.part, |route| route.part.min(before.part));
                let rule = route.map_or_else(|| before.rule(), |route| route.rule);
                let deadline = closes.unwrap_or_else(|| Deadline::after(now, rule.days));
                let data = BallotData { board: board.key, part, rule, deadline };
                ballot::reopen(tx, before.id, &data).await?;
            }
        }
    }
    // Of a board, too few may take part from the beginning: whatever serves for it waits for no date.
    ballot::postpone(tx, case, now).await?;
    Ok(routed.into_iter().map(|routed| routed.board).collect())
}

/// Where fewer than two members of a board that decides may take part, the ballot of the board with the final word serves for
/// it: opens that one where it is not there, by the rule of the board that it serves for. Answers whether it did.
pub(super) async fn serve(tx: &mut Tx, held: &CaseRow, ballots: &[BoardBallot]) -> Result<bool> {
    let is_short = |ballot: &&BoardBallot| ballot.part == Part::Decides && ballot.progress() == Progress::Short;
    let short: Vec<_> = ballots.iter().filter(is_short).collect();
    let rule = short.iter().map(|ballot| ballot.rule).reduce(Rule::join);
    let Some(rule) = rule.filter(|_| !ballots.iter().any(BoardBallot::serves_for_others)) else { return Ok(false) };
    let Some(last) = board::list(tx).await?.into_iter().find(|board| board.has_final_word) else { return Ok(false) };
    let deadline = Deadline::after(tx.now(), rule.days);
    let data = BallotData { board: last.key.clone(), part: Part::Decides, rule, deadline };
    match ballots.iter().find(|ballot| ballot.board == last.key) {
        // It advises: from now on it decides as well.
        Some(adviser) => ballot::reopen(tx, adviser.id, &data).await?,
        None => {
            ballot::insert(tx, held.id, &data).await?;
        }
    }
    ballot::reschedule(tx, held.id).await?;
    let event = Event {
        kind: EventKind::BallotServed,
        actor: Actor::System,
        subject: Subject::Case(held.id),
        origin: None,
        details: json!({
            "reference": held.reference.to_string(),
            "board": last.key,
            "for": short.iter().map(|ballot| &ballot.board).collect::<Vec<_>>(),
        }),
    };
    audit::append(tx, event).await?;
    Ok(true)
}
