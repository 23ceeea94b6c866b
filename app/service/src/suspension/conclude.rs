//! What the decision on a case about a suspension brings about.

use kwanus_domain::{
    audit::{Actor, EventKind, Subject},
    ballot::Outcome,
    case::{CaseId, CaseRef},
    integration::IntegrationId,
    suspension::{Change, Extent},
};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    case::CaseRow,
    grant,
    suspension::{self, SuspensionRow},
};
use serde_json::{Value, json};

use crate::{Error, Result, notice};

/// Does what the decision says: suspends, lifts, leaves what was suspended at once as it is, or undoes it. What it does to
/// grants follows by itself, so that lifting restores them. Answers what the log says of it, and whether the integration is
/// another by it.
pub(crate) async fn conclude(
    tx: &mut Tx,
    case: &CaseRow,
    outcome: Outcome,
    (actor, origin): (Actor, Option<&Origin>),
) -> Result<(Value, bool)> {
    grant::lock(tx, case.integration_id).await?;
    let row = suspension::lookup(tx, case.id).await?.ok_or(Error::NotFound)?;
    let change = row.act.decided(outcome);
    let (kind, is_suspended) = match change {
        Change::Nothing => return Ok((json!({}), false)),
        Change::Begins => (EventKind::Suspended, true),
        Change::Stays => (EventKind::SuspensionRatified, true),
        Change::Lapses => (EventKind::SuspensionLapsed, false),
        Change::Ends => (EventKind::SuspensionLifted, false),
    };
    let integration = case.integration_id;
    match (change, &row.extent) {
        (Change::Begins, _) => begin(tx, integration, case.id, &row.extent).await?,
        (Change::Lapses, Extent::Grants(_)) => grant::resume_of(tx, case.id).await?,
        (Change::Ends, Extent::Grants(named)) => grant::resume(tx, integration, named).await?,
        (Change::Lapses, Extent::Integration) => suspension::end_of(tx, case.id).await?,
        (Change::Ends, Extent::Integration) => suspension::end(tx, integration).await?,
        // What is ratified took effect before.
        (Change::Stays | Change::Nothing, _) => {}
    }
    let effects = effects(&row, case.reference, is_suspended);
    let subject = Subject::Integration(integration);
    audit::append(tx, Event { kind, actor, subject, origin, details: effects.clone() }).await?;
    let about = (integration, case.reference);
    match change {
        Change::Begins => notice::tell_suspended(tx, about, &row.extent, None).await?,
        Change::Lapses | Change::Ends => notice::tell_suspension_ended(tx, about, &row.extent).await?,
        Change::Stays | Change::Nothing => {}
    }
    Ok((effects, change != Change::Stays))
}

/// Lets what is suspended rest from now on, by that case.
pub(super) async fn begin(tx: &mut Tx, integration: IntegrationId, case: CaseId, extent: &Extent) -> Result<()> {
    match extent {
        Extent::Integration => suspension::begin(tx, integration, case).await?,
        Extent::Grants(named) => grant::suspend(tx, integration, named, case).await?,
    }
    Ok(())
}

/// What the log says of a suspension. It names no permissions where the whole integration is meant.
pub(super) fn effects(row: &SuspensionRow, case: CaseRef, is_suspended: bool) -> Value {
    let named: Vec<_> = row.extent.named().collect();
    json!({ "is_suspended": is_suspended, "permissions": named, "case": case.to_string() })
}
