//! Proposing to the boards that a suspension is lifted.

use kwanus_domain::{
    case::CaseRef,
    integration::IntegrationName,
    partner::{PartnerName, Slug},
    suspension::{Act, LiftInput, Offered},
};
use kwanus_store::{
    Db, Tx, grant, integration, integration::IntegrationRow, partner::PartnerRow, suspension::SuspensionRow,
};

use super::open::{liftable, obstacle, open_case};
use crate::{Caller, Error, Result, case::Proposer, lifecycle::may_propose, partner::find, retrying};

/// What the form shows that proposes to lift a suspension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuspensionProposal {
    /// The partner's name.
    pub partner: PartnerName,
    /// The integration's name.
    pub integration: IntegrationName,
    /// What is suspended.
    pub offered: Offered,
    /// Why it cannot be proposed now, if so.
    pub obstacle: Option<String>,
}

async fn locate(tx: &mut Tx, caller: &Caller, partner: &Slug, slug: &Slug) -> Result<(PartnerRow, IntegrationRow)> {
    let partner = find(tx, caller, partner).await?;
    let integration = integration::lookup_by_slug(tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
    may_propose(caller, &partner)?;
    Ok((partner, integration))
}

/// What is suspended, or why its lifting cannot be proposed now.
async fn offered(tx: &mut Tx, integration: &IntegrationRow) -> Result<(Offered, Option<String>)> {
    if let Some(obstacle) = obstacle(tx, integration).await? {
        return Ok((Offered::default(), Some(obstacle)));
    }
    let offered = liftable(tx, integration).await?;
    let nothing = "The integration is not suspended, and none of its grants is";
    let obstacle = offered.is_empty().then(|| nothing.to_owned());
    Ok((offered, obstacle))
}

/// What the form shows, for whoever may propose that the suspension of an integration, or of its grants, is lifted.
pub async fn lookup_lift(db: &Db, caller: &Caller, (partner, slug): (&Slug, &Slug)) -> Result<SuspensionProposal> {
    let mut tx = db.read().await?;
    let (partner, integration) = locate(&mut tx, caller, partner, slug).await?;
    let (offered, obstacle) = offered(&mut tx, &integration).await?;
    Ok(SuspensionProposal { partner: partner.name, integration: integration.name, offered, obstacle })
}

/// Proposes to the boards that the suspension of an integration, or of its grants, is lifted; answers the reference of its
/// case.
pub async fn propose_lift(
    db: &Db,
    caller: &Caller,
    (partner, slug): (&Slug, &Slug),
    input: &LiftInput,
) -> Result<CaseRef> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let (_, integration) = locate(&mut tx, caller, partner, slug).await?;
        grant::lock(&mut tx, integration.id).await?;
        let integration = integration::lookup(&mut tx, integration.id).await?.ok_or(Error::NotFound)?;
        let (offered, obstacle) = offered(&mut tx, &integration).await?;
        if let Some(obstacle) = obstacle {
            return Err(Error::Conflict(obstacle));
        }
        let (extent, reason) = input.parse(&offered).map_err(Error::Invalid)?;
        let row = SuspensionRow { act: Act::Lift, extent, reason };
        let by = Proposer::Person(caller.person()?.id(), caller.origin());
        let reference = open_case(&mut tx, &integration, &row, by).await?;
        tx.commit().await?;
        Ok(reference)
    })
    .await
}
