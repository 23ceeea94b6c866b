//! Beginning to declare what an integration wants.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    case::{CaseKind, CaseRef},
    integration::Stage,
    partner::{PartnerStatus, Slug},
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    case, declaration, integration, partner,
};
use serde_json::json;

use super::draft::own_partner;
use crate::{Caller, Error, Result, retrying};

/// Starts a submission for one of the caller's integrations; answers its reference. Where one is open already, that is the
/// answer: there is one at a time.
pub async fn start(db: &Db, caller: &Caller, slug: &Slug) -> Result<CaseRef> {
    let own = own_partner(caller)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let partner = partner::lookup_for_update(&mut tx, own.id).await?.ok_or(Error::NotFound)?;
        let integration = integration::lookup_by_slug(&mut tx, own.id, slug).await?.ok_or(Error::NotFound)?;
        if let Some(unfinished) = case::lookup_unfinished(&mut tx, integration.id).await? {
            return Ok(unfinished.reference());
        }
        if partner.status == PartnerStatus::Inactive {
            return Err(Error::Forbidden("Only users of active partners can declare and submit"));
        }
        if matches!(integration.stage, Stage::Deprecation | Stage::EndOfSupport) {
            let message =
                format!("{} gets no new permissions: it is in {}", integration.name, integration.stage.label());
            return Err(Violation::with_message("integration", "stage", message).into());
        }
        let (id, reference) = case::insert(&mut tx, CaseKind::PermissionJustification, integration.id).await?;
        let declaration = declaration::insert(&mut tx, id, integration.id).await?;
        // What is declared is the whole set: it begins with what is held, so that nothing is given up by forgetting it.
        if let Some(carried) = declaration::lookup_carried(&mut tx, integration.id, i64::MAX).await? {
            declaration::copy(&mut tx, carried.id, declaration).await?;
        }
        let event = Event {
            kind: EventKind::DraftStarted,
            actor: caller.actor(),
            subject: Subject::Case(id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string() }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(reference)
    })
    .await
}
