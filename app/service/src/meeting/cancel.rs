//! A meeting is cancelled.

use chrono::NaiveDate;
use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::Reason,
    board::BoardKey,
    meeting::MeetingState,
};
use kwanus_store::{Db, meeting};
use serde_json::json;

use super::right::{lock, log, require, require_planner};
use crate::{Caller, Result, notice, retrying};

/// Cancels a planned meeting with a reason. What was deferred to it is deferred no more, and can be deferred again.
pub async fn cancel(db: &Db, caller: &Caller, board: &BoardKey, day: NaiveDate, reason: &str) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let row = lock(&mut tx, board, day).await?;
        require_planner(person, board)?;
        require(&row, MeetingState::Planned)?;
        let reason = Reason::parse(reason)?;
        meeting::cancel(&mut tx, row.id, &reason).await?;
        let details = json!({ "board": board, "day": day, "reason": reason });
        log(&mut tx, caller, EventKind::MeetingCancelled, Subject::Meeting(row.id), details).await?;
        notice::tell_cancelled(&mut tx, board, day, &reason, person.id).await?;
        Ok(tx.commit().await?)
    })
    .await
}
