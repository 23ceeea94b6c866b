//! Finding the decision that a partner's user may appeal.

use kwanus_domain::case::CaseRef;
use kwanus_store::{
    Tx,
    case::{self, CaseRow},
    integration,
    integration::IntegrationRow,
    partner,
    partner::PartnerRow,
};

use super::decision::Decision;
use crate::{Caller, Error, Result, submission::own_partner};

/// A decision, and whose it is.
pub(super) struct Found {
    /// The decision.
    pub decision: Decision,
    /// The integration.
    pub integration: IntegrationRow,
    /// Its partner.
    pub partner: PartnerRow,
}

/// The decision on a case, for its own partner's users. Another's is not there, nor one that nobody appeals.
pub(super) async fn find(tx: &mut Tx, caller: &Caller, case: CaseRow) -> Result<Found> {
    let (partner, integration) = own(tx, caller, &case).await?;
    let decision = Decision::read(tx, case).await?.ok_or(Error::NotFound)?;
    Ok(Found { decision, integration, partner })
}

/// Whose integration a case is about, if it is the caller's own.
pub(super) async fn own(tx: &mut Tx, caller: &Caller, case: &CaseRow) -> Result<(PartnerRow, IntegrationRow)> {
    let own = own_partner(caller)?;
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    if integration.partner_id != own.id {
        return Err(Error::NotFound);
    }
    let partner = partner::lookup(tx, own.id).await?.ok_or(Error::NotFound)?;
    Ok((partner, integration))
}

/// The case of that reference, held.
pub(super) async fn hold(tx: &mut Tx, reference: CaseRef) -> Result<CaseRow> {
    case::lookup_for_update(tx, reference).await?.ok_or(Error::NotFound)
}
