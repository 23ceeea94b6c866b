//! Closing concerns.

use kwanus_domain::{
    account::PersonId,
    audit::{Actor, EventKind, Subject},
    ballot::ConcernState,
    board::BoardKey,
};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    ballot::{self, ConcernRow},
    case::CaseRow,
};
use serde_json::json;

use super::super::state::{SeatPosition, load};
use crate::{Result, notice};

/// Closes a concern, and says so in the log. Nobody in particular closes what two thirds overrule.
pub(super) async fn close(
    tx: &mut Tx,
    case: &CaseRow,
    (row, board): (&ConcernRow, &BoardKey),
    state: ConcernState,
    by: Option<(PersonId, Option<&Origin>)>,
) -> Result<()> {
    ballot::close_concern(tx, row.id, state, by.map(|(person, _)| person)).await?;
    let event = Event {
        kind: EventKind::ConcernClosed,
        actor: by.map_or(Actor::System, |(person, _)| Actor::Person(person)),
        subject: Subject::Case(case.id),
        origin: by.and_then(|(_, origin)| origin),
        details: json!({
            "reference": case.reference.to_string(),
            "board": board,
            "number": row.number,
            "concern": row.name,
            "state": state,
        }),
    };
    audit::append(tx, event).await?;
    notice::tell_closed(tx, case, row, state, by.map(|(person, _)| person)).await
}

/// Drops the open concerns of a board with which nobody objects any more, after somebody took another position.
pub(in crate::ballot) async fn drop_concerns(
    tx: &mut Tx,
    case: &CaseRow,
    board: &BoardKey,
    by: (PersonId, Option<&Origin>),
) -> Result<()> {
    let ballots = load(tx, case.into()).await?;
    let Some(ballot) = ballots.iter().find(|ballot| ballot.board == *board) else { return Ok(()) };
    let is_held = |number: i64| ballot.seats.iter().any(|seat: &SeatPosition| seat.holds(number));
    let rows = ballot::list_concerns(tx, &[case.id]).await?;
    for row in rows.iter().filter(|row| row.ballot == ballot.id && row.state.is_open() && !is_held(row.number)) {
        close(tx, case, (row, board), ConcernState::Dropped, Some(by)).await?;
    }
    Ok(())
}
