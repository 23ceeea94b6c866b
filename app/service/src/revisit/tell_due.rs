//! The day comes on which the boards look at a decision again.

use kwanus_domain::{
    audit::{Actor, EventKind, Subject},
    case::CaseId,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    case, revisit,
};
use serde_json::json;

use crate::{Caller, Result, notice, retrying};

/// How many cases are looked at in one go.
const BATCH: u8 = 100;

/// Tells the members of the boards that decided of each case whose day has come. Safe to run in two processes at once: each is
/// told once. Answers of how many.
pub async fn tell_due(db: &Db, caller: &Caller) -> Result<usize> {
    caller.require_operator()?;
    let mut count = 0;
    let due = revisit::list_to_tell(&mut db.read().await?, BATCH).await?;
    for case in due {
        match retrying(|| tell_one(db, case)).await {
            Ok(is_told) => count += usize::from(is_told),
            // One that cannot be told shall not keep the others waiting.
            Err(error) => tracing::error!(%case, error = error.chain(), "members could not be told to look again"),
        }
    }
    Ok(count)
}

async fn tell_one(db: &Db, id: CaseId) -> Result<bool> {
    let mut tx = db.write().await?;
    let Some(case) = case::lookup_by_id(&mut tx, id).await? else { return Ok(false) };
    if !revisit::set_told(&mut tx, id).await? {
        return Ok(false);
    }
    let Some(row) = revisit::lookup(&mut tx, id).await? else { return Ok(false) };
    let event = Event {
        kind: EventKind::RevisitDue,
        actor: Actor::System,
        subject: Subject::Case(id),
        origin: None,
        details: json!({ "reference": case.reference.to_string(), "day": row.on_date }),
    };
    audit::append(&mut tx, event).await?;
    notice::tell_revisit(&mut tx, &case, &row).await?;
    tx.commit().await?;
    Ok(true)
}
