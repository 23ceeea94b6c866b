//! The version that a decision approves.

use kwanus_domain::{
    audit::Actor,
    declaration::Answer,
    manifest::{ManifestFile, ManifestVersion, changes},
};
use kwanus_store::{
    Tx,
    case::CaseRow,
    declaration::{self, DeclarationRow},
    integration,
    manifest::By,
};

use super::keep::{data, insert, last};
use crate::{Error, Result, submission::catalogue};

/// Records the manifest that a carried justification declares, if that bears a version that is newer than the last one
/// on record; answers which. The caller holds the integration.
pub(crate) async fn record_approved(
    tx: &mut Tx,
    case: &CaseRow,
    declaration: &DeclarationRow,
) -> Result<Option<ManifestVersion>> {
    let declared = declaration::lookup_whole(tx, declaration.id).await?;
    let version = declared.extension.as_ref().and_then(|extension| extension.version.as_ref()).map(Answer::as_str);
    let Some(version) = version.and_then(|text| ManifestVersion::parse(text).ok()) else { return Ok(None) };
    let catalogue = catalogue(tx).await?;
    let last = last(tx, case.integration_id, &catalogue).await?;
    if last.as_ref().is_some_and(|(last, _)| !version.is_newer_than(last)) {
        return Ok(None);
    }
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let file = ManifestFile {
        name: integration.name.to_string(),
        description: integration.description.to_string(),
        ..ManifestFile::from(&declared)
    };
    let changes = changes(last.as_ref().map(|(_, before)| before), &declared);
    let data = data(&file, version.clone(), changes, (vec![], None), By::Decision(case.id));
    insert(tx, integration.id, &data, (Actor::System, None), Some(case.reference.to_string())).await?;
    Ok(Some(version))
}
