//! A meeting is planned.

use chrono::NaiveDate;
use kwanus_domain::{
    audit::{EventKind, Subject},
    board::BoardKey,
};
use kwanus_store::{Db, meeting};
use serde_json::json;

use super::{
    input::{MeetingInput, taken},
    right::{find_board, log, require_planner},
};
use crate::{Caller, Result, notice, retrying};

/// Plans a meeting of a board, as its chair or an administrator; answers its day.
pub async fn plan(db: &Db, caller: &Caller, board: &BoardKey, input: &MeetingInput) -> Result<NaiveDate> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        find_board(&mut tx, board).await?;
        require_planner(person, board)?;
        let data = input.parse(&mut tx, person, board, None).await?;
        let id = meeting::insert(&mut tx, board, &data, person.id).await?.ok_or_else(taken)?;
        let details = json!({
            "board": board,
            "starts_at": data.starts_at,
            "place": data.place,
            "secretary": data.secretary,
        });
        log(&mut tx, caller, EventKind::MeetingPlanned, Subject::Meeting(id), details).await?;
        notice::tell_planned(&mut tx, board, &data, None, person.id).await?;
        tx.commit().await?;
        Ok(data.starts_at.date_naive())
    })
    .await
}
