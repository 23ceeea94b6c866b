//! What a carried case about a suspension brings about.

use kwanus_domain::audit::{Actor, EventKind, Subject};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    case::CaseRow,
    grant, suspension,
};
use serde_json::json;

use crate::{Error, Result, notice};

/// Suspends the integration, or lifts its suspension. What it does to grants follows by itself, so that lifting restores them.
pub(crate) async fn apply(
    tx: &mut Tx,
    case: &CaseRow,
    actor: Actor,
    origin: Option<&Origin>,
) -> Result<serde_json::Value> {
    grant::lock(tx, case.integration_id).await?;
    let row = suspension::lookup(tx, case.id).await?.ok_or(Error::NotFound)?;
    suspension::set(tx, case.integration_id, !row.is_lift).await?;
    let effects = json!({ "is_suspended": !row.is_lift, "case": case.reference.to_string() });
    let event = Event {
        kind: if row.is_lift { EventKind::SuspensionLifted } else { EventKind::Suspended },
        actor,
        subject: Subject::Integration(case.integration_id),
        origin,
        details: effects.clone(),
    };
    audit::append(tx, event).await?;
    notice::tell_suspension(tx, case, row.is_lift).await?;
    Ok(effects)
}
