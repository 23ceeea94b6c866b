//! The register of partners, for the boards, administrators and auditors.

use kwanus_domain::partner::{PartnerName, PartnerStatus, Slug, Tier};
use kwanus_store::{Db, integration, partner};

use crate::{Caller, Page, Result};

/// How many partners stand on a page.
const PAGE: u8 = 50;

/// A partner in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPartner {
    /// Its name in URLs.
    pub slug: Slug,
    /// Its name.
    pub name: PartnerName,
    /// How much it may ask for.
    pub tier: Tier,
    /// Whether it takes part.
    pub status: PartnerStatus,
    /// How many integrations it has.
    pub integrations: i64,
}

/// The partners after `after`, by slug.
pub async fn list(db: &Db, caller: &Caller, after: Option<&Slug>) -> Result<Page<ListedPartner, Slug>> {
    caller.person()?.require_desk()?;
    let mut tx = db.read().await?;
    let page = Page::of(partner::list(&mut tx, after, PAGE + 1).await?, PAGE, |row| row.slug.clone());
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        let integrations = integration::count_of_partner(&mut tx, row.id).await?;
        rows.push(ListedPartner { slug: row.slug, name: row.name, tier: row.tier, status: row.status, integrations });
    }
    Ok(Page { rows, next: page.next })
}
