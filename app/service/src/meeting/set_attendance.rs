//! Who was present at a meeting.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kwanus_domain::{
    Violation,
    account::PersonId,
    audit::{EventKind, Subject},
    board::BoardKey,
};
use kwanus_store::{Db, meeting};
use serde_json::json;

use super::{
    lookup::{members, minuted},
    right::{lock, log, require_secretary},
};
use crate::{Caller, Error, Result, retrying};

/// Says who was present at a meeting that was held, as its secretary: members of the board whose term covered it. Whoever had a
/// position recorded at it was.
pub async fn set_attendance(
    db: &Db,
    caller: &Caller,
    board: &BoardKey,
    day: NaiveDate,
    present: &[String],
) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let row = lock(&mut tx, board, day).await?;
        require_secretary(person, &row)?;
        let members = members(&mut tx, &row).await?;
        let read = |id: &String| members.iter().map(|(member, _)| *member).find(|member| member.to_string() == *id);
        let present: Option<BTreeSet<PersonId>> = present.iter().map(read).collect();
        let present =
            present.ok_or_else(|| Violation::new("present", "unknown", "Choose from the members of the board"))?;
        let recorded = minuted(&mut tx, &row).await?;
        if let Some(missing) = recorded.iter().find(|position| !present.contains(&position.person)) {
            let message = format!("A position of {} was recorded at this meeting: they were present", missing.name);
            return Err(Violation::with_message("present", "recorded", message).into());
        }
        meeting::set_present(&mut tx, row.id, &present).await?;
        let details = json!({ "board": board, "day": day, "present": present });
        log(&mut tx, caller, EventKind::MinutesWritten, Subject::Meeting(row.id), details).await?;
        tx.commit().await?;
        Ok::<_, Error>(())
    })
    .await
}
