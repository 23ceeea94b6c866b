//! A condition is met.

use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::ConditionAct,
    case::CaseRef,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    ballot::{self, BindingRow},
    case::CaseRow,
    grant,
};
use serde_json::json;

use super::{
    super::settle::revise_reviews,
    step::{Stepped, find_to_judge, judged, take},
};
use crate::{Caller, Result, notice, retrying};

/// Accepts a condition as met, for good, and restores what it suspended. Its owner does; the board's chair, where the owner
/// left or is away.
pub async fn accept(db: &Db, caller: &Caller, reference: CaseRef, number: i64) -> Result<Stepped> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let (case, row, judging) = find_to_judge(&mut tx, caller, reference, number).await?;
        let step = judged(caller, ConditionAct::Accept, judging, None)?;
        let steps = take(&mut tx, (caller.actor(), caller.origin()), (&case, &row), &step).await?;
        notice::tell_judged(&mut tx, &case, &row, ConditionAct::Accept, steps).await?;
        if row.suspended_at.is_some() {
            restore(&mut tx, caller, &case, &row).await?;
        }
        tx.commit().await?;
        Ok(Stepped { number })
    })
    .await
}

/// Restores what the conditions of a case suspended, unless another one of them still does.
async fn restore(tx: &mut Tx, caller: &Caller, case: &CaseRow, met: &BindingRow) -> Result<()> {
    grant::lock(tx, case.integration_id).await?;
    ballot::set_condition_suspended(tx, met.id, false).await?;
    if ballot::list_bindings(tx, case.id).await?.iter().any(|row| row.suspended_at.is_some()) {
        return Ok(());
    }
    let named = grant::restore(tx, case.id).await?;
    let event = Event {
        kind: EventKind::ConditionRestored,
        actor: caller.actor(),
        subject: Subject::Case(case.id),
        origin: caller.origin(),
        details: json!({
            "reference": case.reference.to_string(),
            "condition": met.number,
            "permissions": named,
        }),
    };
    audit::append(tx, event).await?;
    if !named.is_empty() {
        notice::tell_restored(tx, case, met.number, named).await?;
        revise_reviews(tx, case.integration_id, case.reference).await?;
    }
    Ok(())
}
