//! Beginning to declare what an integration wants.

use kwanus_domain::{
    Violation,
    account::Scope,
    audit::{EventKind, Subject},
    case::{CaseKind, CaseRef},
    integration::Stage,
    partner::{PartnerStatus, Slug},
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    case, declaration, integration, partner,
};
use serde_json::json;

use super::draft::{Draft, find};
use crate::{Caller, Error, Result, retrying};

/// Starts a submission for one of the caller's integrations; answers its reference. Where one is open already, that is the
/// answer: there is one at a time.
pub async fn start(db: &Db, caller: &Caller, slug: &Slug) -> Result<CaseRef> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = match begin(&mut tx, caller, slug).await? {
            Begun::Now(draft) => draft,
            Begun::Before(open) => return Ok(open),
        };
        // What is declared is the whole set: it begins with what is held, so that nothing is given up by forgetting it.
        if let Some(carried) = declaration::lookup_carried(&mut tx, draft.integration.id, i64::MAX).await? {
            declaration::copy(&mut tx, carried.id, draft.declaration.id).await?;
            // Each change of something in Maintenance is checked anew (PartnerIntegrationSpec §10).
            declaration::forget_compliance_notes(&mut tx, draft.declaration.id).await?;
        }
        tx.commit().await?;
        Ok(draft.case.reference)
    })
    .await
}

/// What there is to go on with.
pub(super) enum Begun {
    /// A draft that was not there before, and declares nothing yet.
    Now(Box<Draft>),
    /// Another, which was begun before and is not decided yet.
    Before(CaseRef),
}

/// Begins a submission for one of the caller's integrations.
pub(super) async fn begin(tx: &mut Tx, caller: &Caller, slug: &Slug) -> Result<Begun> {
    let own = caller.partner(Scope::WriteSubmissions)?;
    let partner = partner::lookup_for_update(tx, own.id).await?.ok_or(Error::NotFound)?;
    let integration = integration::lookup_by_slug(tx, own.id, slug).await?.ok_or(Error::NotFound)?;
    if let Some(unfinished) = case::lookup_unfinished(tx, integration.id).await? {
        return Ok(Begun::Before(unfinished.reference));
    }
    if partner.status == PartnerStatus::Inactive {
        return Err(Error::Forbidden("Only users of active partners can declare and submit"));
    }
    if matches!(integration.stage, Stage::Deprecation | Stage::EndOfSupport) {
        let message = format!("{} gets no new permissions: it is in {}", integration.name, integration.stage.label());
        return Err(Violation::with_message("integration", "stage", message).into());
    }
    let (id, reference) = case::insert(tx, CaseKind::PermissionJustification, integration.id).await?;
    declaration::insert(tx, id, integration.id).await?;
    let event = Event {
        kind: EventKind::DraftStarted,
        actor: caller.actor(),
        subject: Subject::Case(id),
        origin: caller.origin(),
        details: json!({ "reference": reference.to_string() }),
    };
    audit::append(tx, event).await?;
    Ok(Begun::Now(Box::new(find(tx, caller, reference).await?)))
}
