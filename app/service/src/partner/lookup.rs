//! A partner with its integrations.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::Standing,
    integration::{IntegrationName, Layers, Stage},
    partner::{Contact, PartnerName, PartnerStatus, Slug, Tier},
};
use kwanus_store::{Db, Tx, integration, partner, partner::PartnerRow};

use crate::{Caller, Error, Page, Result};

/// How many integrations stand on a page.
const PAGE: u8 = 50;

/// A partner as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its name in URLs.
    pub slug: Slug,
    /// Its name.
    pub name: PartnerName,
    /// How much it may ask for.
    pub tier: Tier,
    /// Whether it takes part.
    pub status: PartnerStatus,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// Counts its edits; an edit names the one that it saw.
    pub revision: i64,
    /// Whom to reach.
    pub contacts: Vec<Contact>,
    /// What it connects, by slug.
    pub integrations: Page<ListedIntegration, Slug>,
    /// Whether the caller may edit it.
    pub is_editable: bool,
}

/// An integration in a partner's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedIntegration {
    /// Its name in URLs, below its partner's.
    pub slug: Slug,
    /// Its name.
    pub name: IntegrationName,
    /// Where it meets the OS.
    pub layers: Layers,
    /// Where it stands in its life.
    pub stage: Stage,
    /// Since when.
    pub stage_since: DateTime<Utc>,
}

/// The partner of that name in URLs with its integrations after `after`. A partner's user sees their own; of another there
/// is nothing to see.
pub async fn lookup(db: &Db, caller: &Caller, slug: &Slug, after: Option<&Slug>) -> Result<Partner> {
    let mut tx = db.read().await?;
    let row = find(&mut tx, caller, slug).await?;
    let contacts = partner::list_contacts(&mut tx, row.id).await?;
    let integrations = integration::list_of_partner(&mut tx, row.id, after, PAGE + 1).await?;
    let integrations = integrations
        .into_iter()
        .map(|row| ListedIntegration {
            slug: row.slug,
            name: row.name,
            layers: row.layers,
            stage: row.stage,
            stage_since: row.stage_since,
        })
        .collect();
    Ok(Partner {
        slug: row.slug,
        name: row.name,
        tier: row.tier,
        status: row.status,
        created_at: row.created_at,
        revision: row.revision,
        contacts,
        integrations: Page::of(integrations, PAGE, |row| row.slug.clone()),
        is_editable: caller.person()?.is(Standing::Administrator),
    })
}

/// The partner, where this caller may know of it.
pub(crate) async fn find(tx: &mut Tx, caller: &Caller, slug: &Slug) -> Result<PartnerRow> {
    let person = caller.person()?;
    let row = partner::lookup_by_slug(tx, slug).await?.ok_or(Error::NotFound)?;
    match person.partner() {
        Some(own) if own.id == row.id => {}
        Some(_) => return Err(Error::NotFound),
        None => person.require_desk()?,
    }
    Ok(row)
}
