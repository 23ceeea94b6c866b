//! A draft as a manifest, and a manifest as a draft.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    case::CaseRef,
    declaration::{Declaration, PartKind},
    integration::{Description, IntegrationName},
    manifest::{MOST_OF_A_KIND, Manifest, ManifestFile, parse},
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    declaration, evidence,
    integration::{self, IntegrationRow},
};
use serde_json::json;

use super::{
    draft::{Draft, catalogue, find},
    lookup,
};
use crate::{Caller, Error, Result, retrying};

/// How many faults of a manifest are told at once.
const MOST_FAULTS: usize = 20;

/// The caller's submission as a manifest, called and described as its integration is registered; with that one's name in URLs.
pub async fn export(db: &Db, caller: &Caller, reference: CaseRef) -> Result<(String, ManifestFile)> {
    let submission = lookup::lookup(db, caller, reference).await?;
    let mut tx = db.read().await?;
    let own = super::draft::own_partner(caller)?;
    let integration = integration::lookup_by_slug(&mut tx, own.id, &submission.slug).await?.ok_or(Error::NotFound)?;
    let file = ManifestFile {
        name: integration.name.to_string(),
        description: integration.description.to_string(),
        ..ManifestFile::from(&submission.declaration)
    };
    Ok((integration.slug.to_string(), file))
}

/// Puts what a manifest declares in the place of everything that a draft declares, which the writer saw at `revision`.
/// Evidence of permissions that remain stays with them. Answers what the manifest gives of the integration (`name`,
/// `description`) otherwise than that is registered: this is not taken over, since a draft changes nothing in the register.
/// What cannot be read, or is no permission of the catalogue, is told with its place, and nothing is changed.
pub async fn import(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    text: &str,
    revision: i64,
) -> Result<Vec<&'static str>> {
    let parsed = parse(text);
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = find(&mut tx, caller, reference).await?;
        // What cannot be written any more need not be mended.
        let file = parsed.as_ref().map_err(|fault| violation(told(&fault.pointer, &fault.message)))?;
        let read = Manifest::of(file, &catalogue(&mut tx).await?);
        let faults = read.faults.iter().map(|fault| told(&fault.pointer, &fault.message));
        let refused =
            read.refused.iter().map(|it| told(&it.pointer, &format!("{} ({})", it.message, it.rule.citation())));
        let faults: Vec<_> = faults.chain(refused).take(MOST_FAULTS).map(violation).collect();
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        if let Some(kind) = PartKind::ALL.iter().find(|kind| kind.count(&read.declaration) > MOST_OF_A_KIND) {
            let label = kind.label().to_lowercase();
            let message = format!("Declare at most {MOST_OF_A_KIND} of a kind; there are more {label} entries");
            return Err(violation(message).into());
        }
        draft.require_revision(revision)?;
        replace(&mut tx, &draft, &read.declaration).await?;
        let event = Event {
            kind: EventKind::DraftChanged,
            actor: caller.actor(),
            subject: Subject::Case(draft.case.id),
            origin: caller.origin(),
            details: json!({ "imported": read.declaration.permissions.len() }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(unlike(file, &draft.integration))
    })
    .await
}

/// What a manifest gives of its integration otherwise than that is registered.
fn unlike(file: &ManifestFile, integration: &IntegrationRow) -> Vec<&'static str> {
    let name = IntegrationName::parse(&file.name).ok();
    let description = Description::parse(&file.description).ok();
    let given = [
        ("name", &file.name, name.as_ref() == Some(&integration.name)),
        ("description", &file.description, description.as_ref() == Some(&integration.description)),
    ];
    let unlike = given.into_iter().filter(|(_, text, is_same)| !text.trim().is_empty() && !is_same);
    unlike.map(|(what, ..)| what).collect()
}

fn violation(message: String) -> Violation {
    Violation::with_message("manifest", "malformed", message)
}

/// What is wrong, with its place.
pub(crate) fn told(pointer: &str, message: &str) -> String {
    if pointer.is_empty() { message.to_owned() } else { format!("{pointer}: {message}") }
}

/// Declares in a draft what is given, and nothing else. What is attached to a permission that remains stays attached to it.
pub(super) async fn replace(tx: &mut Tx, draft: &Draft, declaration: &Declaration) -> Result<()> {
    let id = draft.declaration.id;
    let attached = evidence::list_of_declaration(tx, id).await?;
    let before = declaration::list_permissions(tx, id).await?;
    for stored in &before {
        declaration::delete_permission(tx, stored.id).await?;
    }
    for permission in &declaration.permissions {
        let stored = declaration::add_permission(tx, id, &permission.key).await.map_err(|error| match error {
            kwanus_store::Error::Conflict(_) => Error::from(violation(format!("{} is declared twice", permission.key))),
            error => error.into(),
        })?;
        declaration::update_permission(tx, stored, permission, 1).await?;
        let earlier = before.iter().find(|earlier| earlier.permission.key == permission.key);
        for row in attached.iter().filter(|row| earlier.is_some_and(|earlier| earlier.id == row.declared)) {
            evidence::insert(tx, stored, &row.data).await?;
        }
    }
    declaration::update_parts(tx, id, declaration).await?;
    declaration::touch(tx, id).await?;
    Ok(())
}
