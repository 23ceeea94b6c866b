//! The versions of an integration's manifest, the newest first.

use kwanus_domain::{
    account::Scope,
    integration::{IntegrationId, IntegrationName, Stage},
    partner::{PartnerName, Slug},
};
use kwanus_store::{
    Db, Tx, integration,
    manifest::{self, VersionRow},
};

use crate::{Caller, Error, Page, Result, partner::find};

/// How many versions stand on a page.
const PAGE: u8 = 25;
/// How many of the newest stand on the page of the integration.
const NEWEST: u8 = 3;

/// The versions of an integration's manifest, as their page shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Its partner's name.
    pub partner: PartnerName,
    /// The integration's name.
    pub integration: IntegrationName,
    /// Where it stands in its life.
    pub stage: Stage,
    /// The versions, by their number.
    pub page: Page<VersionRow, i64>,
}

/// The versions of an integration before number `before`. A partner's user sees those of their own; of another there is
/// nothing to see.
pub async fn list(db: &Db, caller: &Caller, (partner, slug): (&Slug, &Slug), before: Option<i64>) -> Result<Versions> {
    let mut tx = db.read().await?;
    let partner = find(&mut tx, caller, partner).await?;
    let integration = integration::lookup_by_slug(&mut tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
    let page = page(&mut tx, integration.id, before).await?;
    Ok(Versions { partner: partner.name, integration: integration.name, stage: integration.stage, page })
}

/// The same for the caller's own partner, whose program may ask as well.
pub async fn list_own(db: &Db, caller: &Caller, slug: &Slug, before: Option<i64>) -> Result<Page<VersionRow, i64>> {
    let own = caller.partner(Scope::ReadSubmissions)?;
    let mut tx = db.read().await?;
    let integration = integration::lookup_by_slug(&mut tx, own.id, slug).await?.ok_or(Error::NotFound)?;
    page(&mut tx, integration.id, before).await
}

/// The newest few.
pub(crate) async fn newest(tx: &mut Tx, integration: IntegrationId) -> Result<Vec<VersionRow>> {
    Ok(manifest::list(tx, integration, None, NEWEST).await?)
}

async fn page(tx: &mut Tx, integration: IntegrationId, before: Option<i64>) -> Result<Page<VersionRow, i64>> {
    let rows = manifest::list(tx, integration, before, PAGE + 1).await?;
    Ok(Page::of(rows, PAGE, |row| row.number))
}
