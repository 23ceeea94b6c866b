//! A board has what it asked for.

use kwanus_domain::{
    audit::{EventKind, Subject},
    case::CaseRef,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    request,
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
        request::resolve(&mut tx, row.id, person.id()).await?;
        let event = Event {
            kind: EventKind::RequestResolved,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({
                "reference": reference.to_string(),
                "request": row.id,
                "number": number,
                "board": row.board,
            }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
