//! What the minutes of a meeting say of a case.

use chrono::NaiveDate;
use kwanus_domain::{
    audit::{EventKind, Subject},
    board::BoardKey,
    case::CaseRef,
    meeting::MinutesNote,
};
use kwanus_store::{Db, meeting};
use serde_json::json;

use super::{
    agenda::{of_meeting, reads},
    right::{lock, log, require_secretary},
};
use crate::{Caller, Error, Result, retrying};

/// Writes what the minutes say of an item, as the secretary of a meeting that was held, in the place of what they said before;
/// nothing takes it out.
pub async fn set_note(
    db: &Db,
    caller: &Caller,
    board: &BoardKey,
    day: NaiveDate,
    reference: CaseRef,
    note: &str,
) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let row = lock(&mut tx, board, day).await?;
        require_secretary(person, &row)?;
        let note = MinutesNote::parse_optional(note)?;
        let items = of_meeting(&mut tx, &row).await?;
        let item = items.iter().find(|item| item.reference == reference.to_string()).ok_or(Error::NotFound)?;
        if !reads(&mut tx, person, item.case).await?.1 {
            return Err(Error::Forbidden("You take no part in this case"));
        }
        meeting::set_note(&mut tx, row.id, item.case, note.as_ref()).await?;
        let details = json!({ "board": board, "day": day, "reference": item.reference, "note": note });
        log(&mut tx, caller, EventKind::MinutesWritten, Subject::Meeting(row.id), details).await?;
        Ok(tx.commit().await?)
    })
    .await
}
