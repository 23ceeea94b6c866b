//! What a carried step brings about.

use kwanus_domain::{
    audit::{Actor, EventKind, Subject},
    grant::EndCause,
    integration::Stage,
};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    case::CaseRow,
    grant, lifecycle,
};
use serde_json::json;

use crate::{Error, Result, notice};

/// Moves the integration to the stage that the case proposes. A deprecation fixes when support may end; the end of support
/// revokes everything, for good. All other effects follow from the stage by themselves, so that going back undoes them.
pub(crate) async fn apply(
    tx: &mut Tx,
    case: &CaseRow,
    actor: Actor,
    origin: Option<&Origin>,
) -> Result<serde_json::Value> {
    grant::lock(tx, case.integration_id).await?;
    let row = lifecycle::lookup(tx, case.id).await?.ok_or(Error::NotFound)?;
    let window_ends_at = row.plan.as_ref().map(|plan| plan.window.ends_at(tx.now()));
    lifecycle::set_stage(tx, case.integration_id, row.step.to()).await?;
    if let Some(ends_at) = window_ends_at {
        lifecycle::set_window(tx, case.id, ends_at).await?;
    }
    let ended = if row.step.to() == Stage::EndOfSupport {
        grant::end_all(tx, case.integration_id, case.id, EndCause::EndOfSupport).await?
    } else {
        vec![]
    };
    let effects = json!({
        "from": row.step.from(),
        "to": row.step.to(),
        "window_ends_at": window_ends_at,
        "ended": ended,
        "case": case.reference.to_string(),
    });
    let event = Event {
        kind: EventKind::StageChanged,
        actor,
        subject: Subject::Integration(case.integration_id),
        origin,
        details: effects.clone(),
    };
    audit::append(tx, event).await?;
    notice::tell_stage(tx, case, row.step.to()).await?;
    Ok(effects)
}
