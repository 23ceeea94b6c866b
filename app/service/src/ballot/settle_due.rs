//! What time decides: ballots whose date or extension has passed.

use std::collections::BTreeSet;

use kwanus_domain::{
    audit::Actor,
    case::{CaseId, CaseState},
};
use kwanus_store::{Db, ballot, case};

use super::settle::settle;
use crate::{Caller, Result, retrying};

/// How many cases are looked at in one go.
const BATCH: u8 = 100;

/// Looks at every case about which time has changed something, and decides those that can be decided. Safe to run in two
/// processes at once: each case is looked at under its lock. Answers how many were decided.
pub async fn settle_due(db: &Db, caller: &Caller) -> Result<usize> {
    caller.require_operator()?;
    let mut decided = 0;
    loop {
        let due = ballot::list_to_settle(&mut db.read().await?, BATCH).await?;
        let is_last = due.len() < usize::from(BATCH);
        for id in due.into_iter().collect::<BTreeSet<_>>() {
            if retrying(|| settle_one(db, id)).await? {
                decided += 1;
            }
        }
        if is_last {
            return Ok(decided);
        }
    }
}

async fn settle_one(db: &Db, id: CaseId) -> Result<bool> {
    let mut tx = db.write().await?;
    let Some(row) = case::lookup_by_id(&mut tx, id).await? else { return Ok(false) };
    let Some(case) = case::lookup_for_update(&mut tx, row.reference()).await? else { return Ok(false) };
    if case.state != CaseState::Open {
        ballot::close_of_case(&mut tx, id).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let outcome = settle(&mut tx, &case, Actor::System, None).await?;
    if outcome.is_none() {
        for ballot in ballot::list_of_case(&mut tx, id).await? {
            ballot::postpone_settling(&mut tx, &ballot).await?;
        }
    }
    tx.commit().await?;
    Ok(outcome.is_some())
}
