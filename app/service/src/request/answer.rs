//! A partner answers.

use kwanus_domain::{
    account::PersonId,
    audit::EventKind,
    case::CaseRef,
    request::{Remark, Side},
};
use kwanus_store::{
    Db, Tx,
    audit::Origin,
    case::CaseRow,
    request::{self, EntryRow, RequestRow},
};

use super::{
    find::{is_said, own_submission, require_open, resolved, say, thread},
    log::log,
};
use crate::{Caller, Result, notice, retrying, submission::own_partner};

/// Answers what a board asked of the caller's partner. It is the board's turn then.
pub async fn answer(db: &Db, caller: &Caller, reference: CaseRef, number: i64, text: &str) -> Result<()> {
    let person = caller.person()?;
    own_partner(caller)?;
    let text = Remark::parse(text)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = own_submission(&mut tx, caller, reference).await?;
        let (row, entries) = thread(&mut tx, &case, number).await?;
        if is_said(&entries, person.id(), &text) {
            return Ok(());
        }
        require_open(&case)?;
        row.state.answer().map_err(resolved(&row))?;
        let by = (person.id(), caller.origin());
        record_answer(&mut tx, &case, (&row, &entries[..]), by, text.clone()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Writes an answer down in a thread that takes one. The caller holds the case.
pub(crate) async fn record_answer(
    tx: &mut Tx,
    case: &CaseRow,
    (row, entries): (&RequestRow, &[EntryRow]),
    (person, origin): (PersonId, Option<&Origin>),
    text: Remark,
) -> Result<()> {
    say(tx, (row, entries), Side::Partner, person, text).await?;
    request::answer(tx, row.id).await?;
    notice::tell_answered(tx, case, row, entries.len()).await?;
    log(tx, case, row, EventKind::RequestAnswered, (person, origin)).await
}
