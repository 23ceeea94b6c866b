//! Recording a version in a transaction, however it was sent.

use kwanus_domain::{
    Violation,
    account::Scope,
    audit::{Actor, EventKind, Subject},
    declaration::Declaration,
    integration::IntegrationId,
    manifest::{
        Ground, Lint, Manifest, ManifestFile, ManifestVersion, Recording, Refusal, SecurityFix, changes, content,
        parse_recorded, record,
    },
    partner::{PartnerStatus, Slug},
    permission::{Catalogue, PermissionKey},
};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    declaration, grant, integration,
    manifest::{self, By, VersionData, VersionRow},
    partner,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    Caller, Error, Result,
    submission::{catalogue, catalogue_then, context, granted},
};

/// What became of a version that was sent.
pub(super) enum Kept {
    /// It is recorded now.
    Now(VersionRow),
    /// It was before.
    Before(VersionRow),
    /// The manifest is refused, and nothing is kept.
    Refused(Lint),
}

/// Records a version of an integration of the caller's partner, under the lock of both, where the domain lets it.
pub(super) async fn keep(
    tx: &mut Tx,
    caller: &Caller,
    slug: &Slug,
    file: &ManifestFile,
    security_fix: Option<&SecurityFix>,
) -> Result<Kept> {
    let own = caller.partner(Scope::WriteSubmissions)?;
    let partner = partner::lookup_for_update(tx, own.id).await?.ok_or(Error::NotFound)?;
    let found = integration::lookup_by_slug(tx, own.id, slug).await?.ok_or(Error::NotFound)?;
    if partner.status == PartnerStatus::Inactive {
        return Err(Error::Forbidden("Only users of active partners can record versions"));
    }
    // Its stage and its grants are held as well: a version is recorded by them.
    grant::lock(tx, found.id).await?;
    let integration = integration::lookup(tx, found.id).await?.ok_or(Error::NotFound)?;
    let now = tx.now();
    let mut catalogue = catalogue(tx).await?;
    let granted = granted(tx, &integration, now).await?;
    let approved = match declaration::lookup_carried(tx, integration.id, i64::MAX).await? {
        Some(carried) => {
            // Grants run on: what is granted is read as it was when it was asked for.
            let then = catalogue_then(tx, &carried).await?;
            catalogue = catalogue.as_granted(&then, granted.iter().map(|permission| &permission.key));
            Some(declaration::lookup_whole(tx, carried.id).await?)
        }
        None => None,
    };
    let last = last(tx, integration.id, &catalogue).await?;
    let namesake = match ManifestVersion::parse(&file.version) {
        Ok(version) => manifest::lookup(tx, integration.id, &version).await?,
        Err(_) => None,
    };
    let of_namesake = match &namesake {
        Some(row) => Some(declared(tx, integration.id, row.number, &catalogue).await?),
        None => None,
    };
    let ground = Ground {
        context: context(tx, &partner, &integration, &granted),
        catalogue: &catalogue,
        approved: approved.as_ref(),
        last: last.as_ref().map(|last| (&last.0, &last.1)),
        namesake: of_namesake.as_ref(),
    };
    let (version, unneeded) = match (record(file, security_fix.is_some(), &ground), namesake) {
        (Ok(Recording::New { version, unneeded }), _) => (version, unneeded),
        (Ok(Recording::Again), namesake) => return namesake.map(Kept::Before).ok_or(Error::NotFound),
        (Err(Refusal::Manifest(lint)), _) => return Ok(Kept::Refused(lint)),
        (Err(refusal), _) => return Err(refused(&refusal)),
    };
    let before = last.as_ref().map(|(_, declaration)| declaration);
    let now = Manifest::of(file, &catalogue).declaration;
    let changes = changes(before, &now);
    let actor = caller.actor();
    let by = By::Person(actor.person().ok_or(Error::NotFound)?, actor.token());
    let data = data(file, version, changes, (unneeded, security_fix.cloned()), by);
    insert(tx, integration.id, &data, (actor, caller.origin()), None).await?;
    manifest::lookup(tx, integration.id, &data.version).await?.map(Kept::Now).ok_or(Error::NotFound)
}

/// A refusal that is not the manifest's.
fn refused(refusal: &Refusal) -> Error {
    let what = refusal.sentence().unwrap_or_default();
    match refusal {
        Refusal::NotAFix => Violation::new("security_fix", "missing", what).into(),
        Refusal::NothingApproved | Refusal::Over | Refusal::Manifest(_) => Error::Gone(what.to_owned()),
    }
}

/// The version that was recorded last, and what it declares.
pub(super) async fn last(
    tx: &mut Tx,
    integration: IntegrationId,
    catalogue: &Catalogue,
) -> Result<Option<(ManifestVersion, Declaration)>> {
    let Some(row) = manifest::list(tx, integration, None, 1).await?.pop() else { return Ok(None) };
    Ok(Some((row.version, declared(tx, integration, row.number, catalogue).await?)))
}

/// What a recorded version declares, whatever was withdrawn from the catalogue since.
async fn declared(tx: &mut Tx, integration: IntegrationId, number: i64, catalogue: &Catalogue) -> Result<Declaration> {
    let text = manifest::content(tx, integration, number).await?;
    let file = parse_recorded(&text).map_err(|fault| {
        let what = format!("version {number} of integration {integration}: {}: {}", fault.pointer, fault.message);
        kwanus_store::Error::Inconsistent(what)
    })?;
    Ok(Manifest::of(&file, &catalogue.clone().as_recorded()).declaration)
}

/// A version as it is kept.
pub(super) fn data(
    file: &ManifestFile,
    version: ManifestVersion,
    changes: String,
    (unneeded, security_fix): (Vec<PermissionKey>, Option<SecurityFix>),
    by: By,
) -> VersionData {
    let content = content(file);
    let sha256 = format!("{:x}", Sha256::digest(&content));
    VersionData { version, content, sha256, changes, unneeded, security_fix, by }
}

/// Keeps a version, and says so in the log; with the reference of the case whose decision it came with, if it did.
pub(super) async fn insert(
    tx: &mut Tx,
    integration: IntegrationId,
    data: &VersionData,
    (actor, origin): (Actor, Option<&Origin>),
    case: Option<String>,
) -> Result<()> {
    manifest::insert(tx, integration, data).await?;
    let event = Event {
        kind: EventKind::ManifestRecorded,
        actor,
        subject: Subject::Integration(integration),
        origin,
        details: json!({
            "version": data.version.to_string(),
            "sha256": data.sha256,
            "security_fix": data.security_fix,
            "case": case,
        }),
    };
    audit::append(tx, event).await?;
    Ok(())
}
