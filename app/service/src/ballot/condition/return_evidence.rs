//! What was supplied does not show that a condition is met.

use kwanus_domain::{Violation, ballot::ConditionAct, case::CaseRef, request::Remark};
use kwanus_store::Db;

use super::step::{Stepped, find_to_judge, judged, take};
use crate::{Caller, Result, notice, retrying};

/// Returns what was supplied for a condition, with a reason that its partner reads: the condition is open again. Its owner
/// does; the board's chair, where the owner left or is away.
pub async fn return_evidence(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    number: i64,
    reason: &str,
) -> Result<Stepped> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let (case, row, judging) = find_to_judge(&mut tx, caller, reference, number).await?;
        let reason = Remark::parse(reason).map_err(|wrong| match &*wrong.code {
            "missing" => Violation::new("reason", "missing", "Say what is missing, so that the partner can supply it"),
            _ => Violation { field: "reason".into(), ..wrong },
        })?;
        let step = judged(caller, ConditionAct::Return, judging, Some(reason))?;
        let steps = take(&mut tx, (caller.actor(), caller.origin()), (&case, &row), &step).await?;
        notice::tell_judged(&mut tx, &case, &row, ConditionAct::Return, steps).await?;
        tx.commit().await?;
        Ok(Stepped { number })
    })
    .await
}
