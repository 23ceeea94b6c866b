//! What administrators are told of the catalogue.

use kwanus_domain::{
    account::PersonId,
    catalogue::{Change, ProposalId},
    notice::News,
};
use kwanus_store::{Tx, notice::list_administrators};

use super::tell::tell;
use crate::Result;

/// Tells the other administrators that one of them proposed a change.
pub(crate) async fn tell_proposed(tx: &mut Tx, proposal: ProposalId, change: &Change, by: PersonId) -> Result<()> {
    let others = list_administrators(tx).await?.into_iter().filter(|person| *person != by);
    let what = format!("{} {}", change.label(), change.subject());
    tell(tx, others, &News::CatalogueChangeProposed { proposal, what }).await
}
