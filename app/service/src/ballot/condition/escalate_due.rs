//! What time does about conditions that are not met by their day.

use std::collections::BTreeSet;

use chrono::Duration;
use kwanus_domain::case::CaseId;
use kwanus_store::{Db, ballot};

use super::escalate::escalate;
use crate::{Caller, Result, retrying};

/// How many cases are looked at in one go.
const BATCH: u8 = 100;

/// Tells of the conditions that are overdue, and lets those suspend that do. Safe to run in two processes at once, and as often
/// as one likes: each case is looked at under its lock, and everything is done once. Answers how much was done.
pub async fn escalate_due(db: &Db, caller: &Caller) -> Result<usize> {
    caller.require_operator()?;
    let mut done = 0;
    loop {
        let due = ballot::list_to_escalate(&mut db.read().await?, BATCH).await?;
        let is_last = due.len() < usize::from(BATCH);
        for id in due.into_iter().collect::<BTreeSet<_>>() {
            match retrying(|| escalate_one(db, id)).await {
                Ok(count) => done += count,
                // One case that cannot be escalated shall not keep the others waiting.
                Err(error) => {
                    tracing::error!(case = %id, error = error.chain(), "conditions could not be escalated");
                    let mut tx = db.write().await?;
                    let later = tx.now() + Duration::hours(1);
                    ballot::postpone_conditions(&mut tx, id, later).await?;
                    tx.commit().await?;
                }
            }
        }
        if is_last {
            return Ok(done);
        }
    }
}

async fn escalate_one(db: &Db, id: CaseId) -> Result<usize> {
    let mut tx = db.write().await?;
    let count = escalate(&mut tx, id).await?;
    tx.commit().await?;
    Ok(count)
}
