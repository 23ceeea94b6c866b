//! Bringing a suspension, or the lifting of one, before the boards.

use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::Deadline,
    case::{CaseKind, CaseRef, RouteKey},
    integration::Stage,
    suspension::{Act, Offered, RATIFICATION_DAYS},
};
use kwanus_store::{
    Tx,
    audit::{self, Event},
    case, grant,
    integration::IntegrationRow,
    suspension::{self, SuspensionRow},
};
use serde_json::json;

use super::conclude::{begin, effects};
use crate::{
    Result,
    ballot::revise_reviews,
    case::{Proposer, open},
    notice,
};

/// Opens a case about a suspension; what is suspended at once rests from then on, in the same transaction. The caller holds the
/// integration and has seen that nothing stands in the way. Every suspension begins here, and every lifting: this is where whoever
/// is to be told of one is told.
pub(crate) async fn open_case(
    tx: &mut Tx,
    integration: &IntegrationRow,
    row: &SuspensionRow,
    by: Proposer<'_>,
) -> Result<CaseRef> {
    let is_at_once = row.act == Act::AtOnce;
    let closes = is_at_once.then(|| Deadline::within(tx.now(), RATIFICATION_DAYS));
    let opened = open(tx, CaseKind::Suspension, integration, (RouteKey::Suspension, closes), by).await?;
    suspension::insert(tx, opened.id, row).await?;
    if is_at_once {
        begin(tx, integration.id, opened.id, &row.extent).await?;
        let (actor, origin) = by.actor();
        let event = Event {
            kind: EventKind::Suspended,
            actor,
            subject: Subject::Integration(integration.id),
            origin,
            details: effects(row, opened.reference, true),
        };
        audit::append(tx, event).await?;
        let about = (integration.id, opened.reference);
        notice::tell_suspended(tx, about, &row.extent, closes.map(Deadline::ends_at)).await?;
        revise_reviews(tx, integration.id, opened.reference).await?;
    }
    let kind = if is_at_once { EventKind::SuspendedAtOnce } else { EventKind::SuspensionProposed };
    let named: Vec<_> = row.extent.named().collect();
    let details = json!({ "act": row.act, "permissions": named, "lapses_at": closes.map(Deadline::ends_at) });
    opened.log(tx, kind, details).await
}

/// What stands in the way of proposing anything about a suspension now, in a sentence: one such case at a time, but for what is
/// suspended at once, which waits for nothing.
pub(super) async fn obstacle(tx: &mut Tx, integration: &IntegrationRow) -> Result<Option<String>> {
    let open = case::list_open_suspensions(tx, integration.id).await?;
    let is_open = open.first().map(|open| format!("{} is before the boards", open.reference));
    Ok(is_open.or_else(|| has_ended(integration)))
}

/// That nothing is left of an integration, if so.
pub(super) fn has_ended(integration: &IntegrationRow) -> Option<String> {
    let has_ended = integration.stage == Stage::EndOfSupport;
    has_ended.then(|| "Its support has ended, and every grant with it".to_owned())
}

/// What of an integration can be suspended now: what rests as a whole has nothing left to suspend.
pub(super) async fn suspendable(tx: &mut Tx, integration: &IntegrationRow) -> Result<Offered> {
    if integration.suspended_at.is_some() {
        return Ok(Offered::default());
    }
    let current = grant::list_current(tx, integration.id).await?;
    let grants = current.into_iter().filter(|row| row.suspended.is_none()).map(|row| row.key).collect();
    Ok(Offered { integration: true, grants })
}

/// What of an integration is suspended now, and can be lifted.
pub(super) async fn liftable(tx: &mut Tx, integration: &IntegrationRow) -> Result<Offered> {
    let current = grant::list_current(tx, integration.id).await?;
    let grants = current.into_iter().filter(|row| row.suspended.is_some()).map(|row| row.key).collect();
    Ok(Offered { integration: integration.suspended_at.is_some(), grants })
}
