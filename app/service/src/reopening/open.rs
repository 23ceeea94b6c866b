//! Opening a case in the place of one that was declined.

use kwanus_domain::{
    audit::Actor,
    case::{CaseId, CaseKind, CaseRef},
    integration::Stage,
    partner::PartnerStatus,
};
use kwanus_store::{
    Tx, appeal,
    case::{self, CaseRow},
    declaration, integration, lifecycle, partner,
};

use crate::{
    Error, Result,
    case::Proposer,
    lifecycle as service_lifecycle,
    submission::{Draft, hand_over},
};

/// Why a declined case cannot be reopened now, in a sentence without a full stop.
pub(super) async fn obstacle(tx: &mut Tx, decided: &CaseRow) -> Result<Option<String>> {
    let integration = integration::lookup(tx, decided.integration_id).await?.ok_or(Error::NotFound)?;
    let partner = partner::lookup(tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
    if let Some(id) = appeal::lookup_of(tx, decided.id).await? {
        let made = case::lookup_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        if !made.state.is_final() {
            return Ok(Some(format!("Its appeal is before the boards: {}", made.reference)));
        }
    }
    if decided.reference.kind == CaseKind::LifecycleTransition {
        if let Some(open) = case::lookup_open_transition(tx, integration.id).await? {
            return Ok(Some(format!("{} is before the boards: one step at a time", open.reference)));
        }
        let row = lifecycle::lookup(tx, decided.id).await?.ok_or(Error::NotFound)?;
        return service_lifecycle::obstacle(tx, &integration, row.step).await;
    }
    if let Some(open) = case::lookup_unfinished(tx, integration.id).await? {
        return Ok(Some(match open.submitted_at {
            Some(_) => format!("{} is before the boards: say there what is new", open.reference),
            None => "Its partner writes another justification".to_owned(),
        }));
    }
    let newest = declaration::lookup_carried(tx, integration.id, i64::MAX).await?;
    if newest.is_some_and(|carried| carried.number > decided.revision) {
        return Ok(Some("Another justification was carried since".to_owned()));
    }
    if partner.status == PartnerStatus::Inactive {
        return Ok(Some(format!("{} is inactive", partner.name)));
    }
    let is_closed = matches!(integration.stage, Stage::Deprecation | Stage::EndOfSupport);
    Ok(is_closed
        .then(|| format!("{} gets no new permissions: it is in {}", integration.name, integration.stage.label())))
}

/// Brings what was declined before the boards again as it was, in a case of its own. The caller holds the case and the
/// integration, and has seen that nothing stands in the way.
pub(super) async fn open(tx: &mut Tx, decided: &CaseRow) -> Result<(CaseId, CaseRef)> {
    let integration = integration::lookup(tx, decided.integration_id).await?.ok_or(Error::NotFound)?;
    if decided.reference.kind == CaseKind::LifecycleTransition {
        let row = lifecycle::lookup(tx, decided.id).await?.ok_or(Error::NotFound)?;
        let by = Proposer::Reopening(decided.reference, decided.proposer());
        let proposed = (row.step, &row.reason, row.plan.as_ref());
        let opened = service_lifecycle::open_case(tx, &integration, proposed, by).await?;
        let id = case::lookup(tx, opened).await?.ok_or(Error::NotFound)?.id;
        return Ok((id, opened));
    }
    let before = declaration::lookup_number(tx, decided.id, decided.revision).await?.ok_or(Error::NotFound)?;
    let (id, reference) = case::insert(tx, CaseKind::PermissionJustification, integration.id).await?;
    let copy = declaration::insert(tx, id, integration.id).await?;
    declaration::copy(tx, before.id, copy).await?;
    let draft = Draft {
        case: case::lookup(tx, reference).await?.ok_or(Error::NotFound)?,
        declaration: declaration::lookup_newest(tx, id).await?.ok_or(Error::NotFound)?,
        partner: partner::lookup(tx, integration.partner_id).await?.ok_or(Error::NotFound)?,
        integration,
    };
    match hand_over(tx, &draft, Actor::System, None).await {
        // What was declined meets other rules by now: its partner mends it in a submission of its own.
        Err(Error::Invalid(wrong)) => {
            let wrong: Vec<_> = wrong.iter().map(|one| one.message.to_string()).collect();
            Err(Error::Conflict(format!("It cannot be brought before the boards as it was. {}", wrong.join(". "))))
        }
        other => other.map(|()| (id, reference)),
    }
}
