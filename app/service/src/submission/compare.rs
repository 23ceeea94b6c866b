//! How a revision of a submission differs from another, for its partner.

use kwanus_domain::case::CaseRef;
use kwanus_store::{Db, case, integration};

use super::{draft::own_partner, lookup::readable};
use crate::{
    Caller, Error, Result,
    case::{Comparison, compared},
};

/// How revision `number` of the caller's submission differs from revision `against`, as [`crate::case::compare`] tells the
/// desk, and a draft of the caller's with them. Another's is not there.
pub async fn compare(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    number: i64,
    against: Option<i64>,
) -> Result<Comparison> {
    let own = own_partner(caller)?;
    let mut tx = db.read().await?;
    let case = case::lookup(&mut tx, reference).await?.ok_or(Error::NotFound)?;
    let integration = integration::lookup(&mut tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    if integration.partner_id != own.id {
        return Err(Error::NotFound);
    }
    let revisions = readable(&mut tx, &case).await?;
    compared(&mut tx, &case, integration, &revisions, (number, against)).await
}
