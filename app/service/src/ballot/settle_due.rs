//! What time decides: ballots whose date or extension has passed.

use std::collections::BTreeSet;

use chrono::Duration;
use kwanus_domain::{
    audit::Actor,
    ballot::Outcome,
    case::{CaseId, CaseState},
};
use kwanus_store::{Db, Tx, ballot, case};

use super::settle::settle;
use crate::{Caller, Result, notice, retrying};

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
            match retrying(|| settle_one(db, id)).await {
                Ok(is_decided) => decided += usize::from(is_decided),
                // One case that cannot be decided shall not keep the others waiting.
                Err(error) => {
                    tracing::error!(case = %id, error = error.chain(), "a case could not be settled");
                    let mut tx = db.write().await?;
                    let later = tx.now() + Duration::hours(1);
                    ballot::postpone(&mut tx, id, later).await?;
                    tx.commit().await?;
                }
            }
        }
        if is_last {
            return Ok(decided);
        }
    }
}

async fn settle_one(db: &Db, id: CaseId) -> Result<bool> {
    let mut tx = db.write().await?;
    let outcome = look_at(&mut tx, id).await?;
    tx.commit().await?;
    Ok(outcome.is_some())
}

/// Decides a case about which time has changed something, if it can be decided, and says when to look again otherwise.
pub(crate) async fn look_at(tx: &mut Tx, id: CaseId) -> Result<Option<Outcome>> {
    let Some(row) = case::lookup_by_id(tx, id).await? else { return Ok(None) };
    let Some(case) = case::lookup_for_update(tx, row.reference).await? else { return Ok(None) };
    if case.state != CaseState::Open {
        ballot::close_of_case(tx, id).await?;
        return Ok(None);
    }
    let outcome = settle(tx, &case, Actor::System, None).await?;
    if outcome.is_none() {
        notice::tell_extended(tx, &case).await?;
        ballot::reschedule(tx, id).await?;
    }
    Ok(outcome)
}
