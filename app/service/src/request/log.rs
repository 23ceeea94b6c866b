//! Writing down what became of a thread.

use kwanus_domain::{
    account::PersonId,
    audit::{Actor, EventKind, Subject},
};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    case::CaseRow,
    request::RequestRow,
};
use serde_json::json;

use crate::Result;

/// Writes down that a person answered or resolved a request on a case.
pub(super) async fn log(
    tx: &mut Tx,
    case: &CaseRow,
    row: &RequestRow,
    kind: EventKind,
    (person, origin): (PersonId, Option<&Origin>),
) -> Result<()> {
    let event = Event {
        kind,
        actor: Actor::Person(person),
        subject: Subject::Case(case.id),
        origin,
        details: json!({
            "reference": case.reference.to_string(),
            "request": row.id,
            "number": row.number,
            "board": row.board,
        }),
    };
    audit::append(tx, event).await?;
    Ok(())
}
