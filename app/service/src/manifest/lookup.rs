//! A recorded version, and the form that records another.

use kwanus_domain::{
    account::Scope,
    integration::{IntegrationName, Stage},
    manifest::{ManifestVersion, Refusal},
    partner::{PartnerName, PartnerStatus, Slug},
};
use kwanus_store::{Db, declaration, integration, manifest, partner};

use crate::{Caller, Error, OwnPartner, Result, partner::find};

/// What the form shows that records a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionForm {
    /// The partner's name.
    pub partner: PartnerName,
    /// The integration's name.
    pub integration: IntegrationName,
    /// Where it stands in its life.
    pub stage: Stage,
    /// The version that was recorded last.
    pub last: Option<ManifestVersion>,
    /// Why none can be recorded now, if so.
    pub obstacle: Option<&'static str>,
}

/// The caller's own partner, if it bears that name. Nobody records a version of another's.
pub(super) fn own<'c>(caller: &'c Caller, partner: &Slug) -> Result<&'c OwnPartner> {
    let own = caller.partner(Scope::WriteSubmissions)?;
    if own.slug == *partner { Ok(own) } else { Err(Error::NotFound) }
}

/// What the form shows, for a user of the partner.
pub async fn lookup_form(db: &Db, caller: &Caller, (partner, slug): (&Slug, &Slug)) -> Result<VersionForm> {
    let own = own(caller, partner)?;
    let mut tx = db.read().await?;
    let partner = partner::lookup(&mut tx, own.id).await?.ok_or(Error::NotFound)?;
    let integration = integration::lookup_by_slug(&mut tx, own.id, slug).await?.ok_or(Error::NotFound)?;
    let is_approved = declaration::lookup_carried(&mut tx, integration.id, i64::MAX).await?.is_some();
    let obstacle = if partner.status == PartnerStatus::Inactive {
        Some("Only users of active partners can record versions")
    } else {
        Refusal::standing(integration.stage, is_approved).and_then(|refusal| refusal.sentence())
    };
    let last = manifest::list(&mut tx, integration.id, None, 1).await?.pop().map(|row| row.version);
    Ok(VersionForm { partner: partner.name, integration: integration.name, stage: integration.stage, last, obstacle })
}

/// The manifest of a version, as it is kept, for whoever may read the versions.
pub async fn export(
    db: &Db,
    caller: &Caller,
    (partner, slug): (&Slug, &Slug),
    version: &ManifestVersion,
) -> Result<String> {
    let mut tx = db.read().await?;
    let partner = find(&mut tx, caller, partner).await?;
    let integration = integration::lookup_by_slug(&mut tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
    let row = manifest::lookup(&mut tx, integration.id, version).await?.ok_or(Error::NotFound)?;
    Ok(manifest::content(&mut tx, integration.id, row.number).await?)
}
