//! Finding the draft that a partner's user may write, under its lock.

use kwanus_domain::{
    case::{CaseRef, CaseState},
    declaration::DeclarationId,
    partner::PartnerStatus,
};
use kwanus_store::{
    Tx,
    case::{self, CaseRow},
    declaration, integration, partner,
    partner::PartnerRow,
};

use crate::{Caller, Error, OwnPartner, Result};

/// A draft, held to the end of the transaction.
pub(super) struct Draft {
    pub case: CaseRow,
    pub declaration: DeclarationId,
    pub partner: PartnerRow,
}

/// The partner that the caller acts for. For everybody else there is nothing here.
pub(super) fn own_partner(caller: &Caller) -> Result<&OwnPartner> {
    caller.person()?.partner().ok_or(Error::NotFound)
}

/// The caller's draft of that reference. Another's is not there; one that was submitted meanwhile is a conflict.
pub(super) async fn find(tx: &mut Tx, caller: &Caller, reference: CaseRef) -> Result<Draft> {
    let own = own_partner(caller)?;
    let case = case::lookup_for_update(tx, reference).await?.ok_or(Error::NotFound)?;
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    if integration.partner_id != own.id {
        return Err(Error::NotFound);
    }
    if case.state != CaseState::Draft {
        return Err(Error::Conflict(format!("{reference} was submitted meanwhile")));
    }
    let partner = partner::lookup(tx, own.id).await?.ok_or(Error::NotFound)?;
    if partner.status == PartnerStatus::Inactive {
        return Err(Error::Forbidden("Only users of active partners can declare and submit"));
    }
    let declaration = declaration::lookup_newest(tx, case.id).await?.ok_or(Error::NotFound)?.id;
    Ok(Draft { case, declaration, partner })
}
