//! What today's rules would find otherwise in what is before the boards, who go by what was found then.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    case::CaseState,
    declaration::{Declaration, DeclaredPermission, Part},
    manifest::shown,
    permission::Catalogue,
    policy::{Context, Finding, Place, RULES_VERSION, differing, evaluate},
};
use kwanus_store::{
    Tx,
    case::CaseRow,
    declaration::{self, DeclarationRow},
    integration::IntegrationRow,
    partner::PartnerRow,
    permission,
};

use super::draft::granted;
use crate::{Error, Result};

/// What would be found otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WouldDiffer {
    /// The version of today's rules.
    pub rules_version: &'static str,
    /// The version of today's catalogue.
    pub catalogue_version: i64,
    /// Where something differs: one place at least.
    pub parts: Vec<DifferingPart>,
}

/// What would be found otherwise in a permission, or in another part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferingPart {
    /// The key of the permission, or what the part is called.
    pub title: String,
    /// Whether it is a permission.
    pub is_permission: bool,
    /// What would be found, and was not.
    pub added: Vec<Finding>,
    /// What was found, and would not be.
    pub gone: Vec<Finding>,
}

/// The catalogue that a revision was submitted under.
pub(crate) async fn catalogue_then(tx: &mut Tx, row: &DeclarationRow) -> Result<Catalogue> {
    match row.catalogue_version {
        Some(number) => Ok(permission::lookup_version(tx, number).await?.ok_or(Error::NotFound)?),
        None => Ok(permission::lookup_newest(tx).await?),
    }
}

/// What today's rules and catalogue would find otherwise in a revision that is before the boards, as if it were submitted on
/// the same day. As long as both are those of then, nothing is asked of the database.
pub(crate) async fn would_differ(
    tx: &mut Tx,
    case: &CaseRow,
    row: &DeclarationRow,
    (partner, integration): (&PartnerRow, &IntegrationRow),
    today: &Catalogue,
) -> Result<Option<WouldDiffer>> {
    let is_same = row.catalogue_version == Some(today.version) && row.rules_version.as_deref() == Some(RULES_VERSION);
    let Some(at) = row.submitted_at.filter(|_| case.state == CaseState::Open && !is_same) else { return Ok(None) };
    let (declaration, then) = found_then(tx, row).await?;
    let granted = granted(tx, integration, at).await?;
    let now = evaluate(&declaration, today, context(partner, integration, &granted, at));
    let titles = shown(&declaration);
    let parts = differing(&then, &now).into_iter().map(|each| {
        let (is_permission, title) = match each.part {
            Part::Permission(n) => (true, declaration.permissions.get(n).map(|permission| permission.key.to_string())),
            part => (false, titles.iter().find(|shown| shown.part == part).map(|shown| shown.title.clone())),
        };
        // Of what is not declared at all, such as a layer, there is only its kind.
        let kind = || each.part.kind().map(|(kind, _)| kind.label().to_owned());
        let title = title.or_else(kind).unwrap_or_default();
        DifferingPart { title, is_permission, added: each.added, gone: each.gone }
    });
    let parts: Vec<_> = parts.collect();
    let found = WouldDiffer { rules_version: RULES_VERSION, catalogue_version: today.version, parts };
    Ok((!found.parts.is_empty()).then_some(found))
}

/// What a revision declares, and everything that was found in it as it was submitted.
async fn found_then(tx: &mut Tx, row: &DeclarationRow) -> Result<(Declaration, Vec<Finding>)> {
    let stored = declaration::list_permissions(tx, row.id).await?;
    let mut found = Vec::new();
    for (n, permission) in stored.iter().enumerate() {
        let own = declaration::list_findings(tx, permission.id).await?;
        let place = |finding: &Finding| Place { part: Part::Permission(n), ..finding.place };
        let here = |finding: Finding| Finding { place: place(&finding), ..finding };
        found.extend(own.into_iter().map(here));
    }
    found.extend(declaration::list_part_findings(tx, row.id).await?);
    let permissions = stored.into_iter().map(|stored| stored.permission).collect();
    let parts = declaration::lookup_parts(tx, row.id).await?;
    Ok((Declaration { permissions, ..parts }, found))
}

fn context<'c>(
    partner: &PartnerRow,
    integration: &'c IntegrationRow,
    granted: &'c [DeclaredPermission],
    at: DateTime<Utc>,
) -> Context<'c> {
    let today = at.date_naive();
    Context { tier: partner.tier, layers: &integration.layers, stage: integration.stage, granted, today }
}
