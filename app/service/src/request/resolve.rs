//! A board has what it asked for.

use kwanus_domain::{
    account::PersonId,
    audit::{Actor, EventKind, Subject},
    case::CaseRef,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event, Origin},
    case::CaseRow,
    request::{self, RequestRow},
};
use serde_json::json;

use super::find::{require_open, require_seat, submission, thread};
use crate::{Caller, Result, retrying};

/// Resolves a request of a board of the caller's, whoever of it asked, answered or not. What is resolved stays so.
pub async fn resolve(db: &Db, caller: &Caller, reference: CaseRef, number: i64) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = submission(&mut tx, reference).await?;
        let (row, _) = thread(&mut tx, &case, number).await?;
        require_open(&case)?;
        require_seat(&mut tx, person, &case, &row.board).await?;
        if row.state.resolve().is_err() {
            return Ok(());
        }
        record_resolution(&mut tx, &case, &row, (person.id(), caller.origin())).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Writes down that a board has what it asked for. The caller holds the case.
pub(crate) async fn record_resolution(
    tx: &mut Tx,
    case: &CaseRow,
    row: &RequestRow,
    (person, origin): (PersonId, Option<&Origin>),
) -> Result<()> {
    request::resolve(tx, row.id, person).await?;
    let event = Event {
        kind: EventKind::RequestResolved,
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
