//! Bringing a suspension, or the lifting of one, before the boards.

use kwanus_domain::{
    audit::EventKind,
    ballot::Reason,
    case::{CaseKind, CaseRef, RouteKey},
    integration::{IntegrationName, Stage},
    partner::{PartnerName, Slug},
};
use kwanus_store::{
    Db, Tx, case, grant, integration,
    integration::IntegrationRow,
    suspension::{self, SuspensionRow},
};
use serde_json::json;

use crate::{
    Caller, Error, Result,
    case::{Proposer, open},
    lifecycle::may_propose,
    partner::find,
    retrying,
};

/// What the form shows that proposes to lift a suspension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuspensionProposal {
    /// The partner's name.
    pub partner: PartnerName,
    /// The integration's name.
    pub integration: IntegrationName,
    /// Why it cannot be proposed now, if so.
    pub obstacle: Option<String>,
}

/// Opens a case about a suspension. The caller holds the integration and has seen that none is open.
pub(crate) async fn open_case(
    tx: &mut Tx,
    integration: &IntegrationRow,
    row: &SuspensionRow,
    by: Proposer<'_>,
) -> Result<CaseRef> {
    let opened = open(tx, CaseKind::Suspension, integration, (RouteKey::Suspension, None), by).await?;
    suspension::insert(tx, opened.id, row).await?;
    opened.log(tx, EventKind::SuspensionProposed, json!({ "is_lift": row.is_lift })).await
}

async fn obstacle(tx: &mut Tx, integration: &IntegrationRow) -> Result<Option<String>> {
    if let Some(open) = case::lookup_open_suspension(tx, integration.id).await? {
        return Ok(Some(format!("{} is before the boards", open.reference)));
    }
    if integration.stage == Stage::EndOfSupport {
        return Ok(Some("Its support has ended, and every grant with it".to_owned()));
    }
    Ok(integration.suspended_at.is_none().then(|| "The integration is not suspended".to_owned()))
}

/// What the form shows, for whoever may propose that the suspension of an integration is lifted.
pub async fn lookup_lift(db: &Db, caller: &Caller, (partner, slug): (&Slug, &Slug)) -> Result<SuspensionProposal> {
    let mut tx = db.read().await?;
    let partner = find(&mut tx, caller, partner).await?;
    let integration = integration::lookup_by_slug(&mut tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
    may_propose(caller, &partner)?;
    let obstacle = obstacle(&mut tx, &integration).await?;
    Ok(SuspensionProposal { partner: partner.name, integration: integration.name, obstacle })
}

/// Proposes to the boards that the suspension of an integration is lifted; answers the reference of its case.
pub async fn propose_lift(db: &Db, caller: &Caller, (partner, slug): (&Slug, &Slug), reason: &str) -> Result<CaseRef> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let partner = find(&mut tx, caller, partner).await?;
        let integration = integration::lookup_by_slug(&mut tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
        may_propose(caller, &partner)?;
        grant::lock(&mut tx, integration.id).await?;
        let integration = integration::lookup(&mut tx, integration.id).await?.ok_or(Error::NotFound)?;
        if let Some(obstacle) = obstacle(&mut tx, &integration).await? {
            return Err(Error::Conflict(obstacle));
        }
        let row = SuspensionRow { is_lift: true, reason: Reason::parse(reason)? };
        let by = Proposer::Person(caller.person()?.id(), caller.origin());
        let reference = open_case(&mut tx, &integration, &row, by).await?;
        tx.commit().await?;
        Ok(reference)
    })
    .await
}
