//! A board has what it asked for.

use kwanus_domain::{account::PersonId, audit::EventKind, case::CaseRef};
use kwanus_store::{
    Db, Tx,
    audit::Origin,
    case::CaseRow,
    request::{self, RequestRow},
};

use super::{
    find::{require_open, require_seat, submission, thread},
    log::log,
};
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
    log(tx, case, row, EventKind::RequestResolved, (person, origin)).await
}
