//! Telling.

use std::collections::BTreeSet;

use kwanus_domain::{
    account::PersonId,
    integration::IntegrationId,
    notice::{About, News},
    partner::PartnerId,
};
use kwanus_store::{Tx, integration, notice, partner};

use crate::{Error, Result};

/// Tells these people, those who can sign in, in the transaction of what they are told of. Whoever was told the same before is
/// not told again.
pub(super) async fn tell(tx: &mut Tx, people: impl IntoIterator<Item = PersonId>, news: &News) -> Result<()> {
    let people: BTreeSet<PersonId> = people.into_iter().collect();
    if people.is_empty() {
        return Ok(());
    }
    let recipients = notice::list_recipients(tx, people).await?;
    Ok(notice::insert(tx, &recipients, news).await?)
}

/// Which integration of which partner.
pub(super) async fn about(tx: &mut Tx, integration: IntegrationId) -> Result<(PartnerId, About)> {
    let integration = integration::lookup(tx, integration).await?.ok_or(Error::NotFound)?;
    let partner = partner::lookup(tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
    let about = About {
        partner: partner.name,
        partner_slug: partner.slug,
        integration: integration.name,
        slug: integration.slug,
    };
    Ok((partner.id, about))
}
