//! The chair of a board approves the minutes of its meeting.

use chrono::NaiveDate;
use kwanus_domain::{
    audit::{EventKind, Subject},
    board::BoardKey,
    meeting::MeetingState,
};
use kwanus_store::{Db, meeting};
use serde_json::json;

use super::right::{lock, log, require};
use crate::{Caller, Error, Result, retrying};

/// Approves the minutes of a meeting that was held, as a chair of its board. Nothing in them changes from then on.
pub async fn approve_minutes(db: &Db, caller: &Caller, board: &BoardKey, day: NaiveDate) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let row = lock(&mut tx, board, day).await?;
        if !person.chairs().contains(board) {
            return Err(Error::Forbidden("Only the chair of the board approves the minutes"));
        }
        require(&row, MeetingState::Held)?;
        meeting::approve(&mut tx, row.id, person.id).await?;
        let present = meeting::list_present(&mut tx, row.id).await?;
        let present: Vec<_> = present.into_iter().map(|(id, _)| id).collect();
        let details = json!({ "board": board, "day": day, "present": present });
        log(&mut tx, caller, EventKind::MinutesApproved, Subject::Meeting(row.id), details).await?;
        Ok(tx.commit().await?)
    })
    .await
}
