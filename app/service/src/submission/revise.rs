//! Declaring anew what the boards have already.

use kwanus_domain::{
    account::Scope,
    audit::{EventKind, Subject},
    case::{CaseRef, CaseState},
    partner::PartnerStatus,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    case, declaration, integration, partner,
};
use serde_json::json;

use super::draft::{has_run_out, run_out};
use crate::{Caller, Error, Result, retrying};

/// Begins another revision of a submission that the boards have, with everything that the last one declares. They go on with
/// that one until the new one is submitted. Where one was begun already, there is nothing to do.
pub async fn revise(db: &Db, caller: &Caller, reference: CaseRef) -> Result<()> {
    let own = caller.partner(Scope::WriteSubmissions)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        let integration = integration::lookup(&mut tx, case.integration_id).await?.ok_or(Error::NotFound)?;
        if integration.partner_id != own.id {
            return Err(Error::NotFound);
        }
        let partner = partner::lookup(&mut tx, own.id).await?.ok_or(Error::NotFound)?;
        if partner.status == PartnerStatus::Inactive {
            return Err(Error::Forbidden("Only users of active partners can declare and submit"));
        }
        let newest = declaration::lookup_newest(&mut tx, case.id).await?.ok_or(Error::NotFound)?;
        match case.state {
            CaseState::Draft | CaseState::Open if newest.submitted_at.is_none() => return Ok(()),
            CaseState::Draft | CaseState::Open if has_run_out(&mut tx, &case).await? => {
                return Err(Error::Conflict(run_out(reference)));
            }
            CaseState::Draft | CaseState::Open => {}
            CaseState::Withdrawn => return Err(Error::Conflict(format!("{reference} was withdrawn meanwhile"))),
            decided => return Err(Error::Conflict(format!("{reference} was decided meanwhile: {}", decided.label()))),
        }
        let id = declaration::insert(&mut tx, case.id, integration.id).await?;
        declaration::copy(&mut tx, newest.id, id).await?;
        let event = Event {
            kind: EventKind::DraftStarted,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({ "reference": reference.to_string(), "after_revision": newest.number }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
