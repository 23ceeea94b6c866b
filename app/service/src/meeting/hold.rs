//! A meeting is marked held.

use chrono::NaiveDate;
use kwanus_domain::{
    audit::{EventKind, Subject},
    board::BoardKey,
    meeting::MeetingState,
    time::show_instant,
};
use kwanus_store::{Db, meeting};
use serde_json::json;

use super::{
    agenda::build,
    right::{is_secretary, lock, log, may_plan, require},
};
use crate::{Caller, Error, Result, retrying};

/// Marks a meeting held that has begun, as its secretary, its chair or an administrator. Its agenda stands from then on as it is
/// now, and what was deferred to it is deferred no more.
pub async fn hold(db: &Db, caller: &Caller, board: &BoardKey, day: NaiveDate) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let row = lock(&mut tx, board, day).await?;
        if !may_plan(person, board) && !is_secretary(person, &row) {
            return Err(Error::Forbidden(
                "Only the secretary of the meeting, the chair and administrators mark it held",
            ));
        }
        require(&row, MeetingState::Planned)?;
        if row.starts_at > tx.now() {
            return Err(Error::Conflict(format!("The meeting begins on {}", show_instant(row.starts_at))));
        }
        let items = build(&mut tx, &row).await?;
        meeting::hold(&mut tx, row.id, json!(items)).await?;
        let cases: Vec<_> = items.iter().map(|item| &item.reference).collect();
        let details = json!({ "board": board, "day": day, "cases": cases });
        log(&mut tx, caller, EventKind::MeetingHeld, Subject::Meeting(row.id), details).await?;
        Ok(tx.commit().await?)
    })
    .await
}
