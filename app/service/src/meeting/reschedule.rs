//! A meeting is moved.

use chrono::NaiveDate;
use kwanus_domain::{
    audit::{EventKind, Subject},
    board::BoardKey,
    meeting::MeetingState,
};
use kwanus_store::{Db, board as stored_board, meeting};
use serde_json::json;

use super::{
    input::{MeetingInput, taken},
    right::{lock, log, require, require_planner},
};
use crate::{Caller, Error, Result, notice, retrying};

/// Says anew when and where a planned meeting is held and, as its chair, who keeps its minutes; answers its day. What was
/// deferred to it goes with it.
pub async fn reschedule(
    db: &Db,
    caller: &Caller,
    board: &BoardKey,
    day: NaiveDate,
    revision: i64,
    input: &MeetingInput,
) -> Result<NaiveDate> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        // Held first, so that two meetings are not moved to one day at once.
        if !stored_board::lock(&mut tx, board).await? {
            return Err(Error::NotFound);
        }
        let row = lock(&mut tx, board, day).await?;
        require_planner(person, board)?;
        require(&row, MeetingState::Planned)?;
        if row.revision != revision {
            return Err(Error::Conflict("Somebody changed the meeting meanwhile".to_owned()));
        }
        let data = input.parse(&mut tx, person, board, row.secretary()).await?;
        let next = data.starts_at.date_naive();
        if next != day && meeting::lookup(&mut tx, board, next).await?.is_some() {
            return Err(taken().into());
        }
        meeting::reschedule(&mut tx, row.id, &data).await?;
        let details = json!({
            "board": board,
            "before": row.starts_at,
            "starts_at": data.starts_at,
            "place": data.place,
            "secretary": data.secretary,
        });
        log(&mut tx, caller, EventKind::MeetingMoved, Subject::Meeting(row.id), details).await?;
        if (row.starts_at, &row.place) != (data.starts_at, &data.place) {
            notice::tell_planned(&mut tx, board, &data, Some(day), person.id).await?;
        }
        tx.commit().await?;
        Ok(next)
    })
    .await
}
