//! What partners in the demo's story declare besides permissions, as a manifest would say it.

use kwanus_domain::{
    declaration::{Answer, Declaration},
    manifest::{
        ApiFile, CompatibilityFile, ComplianceFile, ComponentFile, EndpointFile, ExtensionFile, Manifest, ManifestFile,
        RateFile, StorageFile, WorkflowFile,
    },
    permission::{Catalogue, Kind, PermissionKey},
};

use super::world::Planned;
use crate::Result;

/// What an integration declares of its layers and of compliance, with these permissions and a copy of their data kept for so
/// many hours.
pub(super) fn parts(planned: &Planned, keys: &[PermissionKey], retention: u32) -> Result<Declaration> {
    let has = |layer: &str| planned.layers.contains(&layer);
    let mut file = ManifestFile { compliance: Some(compliance(planned, keys, retention)), ..ManifestFile::default() };
    if has("api") {
        file.api = Some(api(keys));
    }
    if has("workflow") {
        file.workflows = workflows(planned, keys);
    }
    if has("extension") {
        extend(&mut file, planned, keys);
    }
    let read = Manifest::of(&file, &Catalogue::default());
    match read.faults.first() {
        Some(fault) => Err(kwanus_store::Error::Inconsistent(format!("{}: {}", fault.pointer, fault.message)).into()),
        None => Ok(read.declaration),
    }
}

/// An answer as a manifest holds it.
fn said(text: &str) -> Option<String> {
    Answer::parse(text).ok().map(String::from)
}

fn of_kind(keys: &[PermissionKey], kind: Kind) -> impl Iterator<Item = &PermissionKey> {
    keys.iter().filter(move |key| key.kind() == kind)
}

/// A call for each resource that is read or written, by its method and its path.
fn api(keys: &[PermissionKey]) -> ApiFile {
    let mut endpoints: Vec<EndpointFile> = Vec::new();
    for key in keys.iter().filter(|key| key.kind() != Kind::Workflow) {
        let method = if key.kind() == Kind::Write { "POST" } else { "GET" };
        let resource = key.as_str().split([':', '.']).nth(1).unwrap_or_default();
        let path = format!("{method} /v4/{resource}");
        match endpoints.iter_mut().find(|endpoint| endpoint.path == path) {
            Some(endpoint) => endpoint.permissions.push(key.to_string()),
            None => endpoints.push(EndpointFile {
                path,
                permissions: vec![key.to_string()],
                rate_per_minute: Some(RateFile::Number(60)),
            }),
        }
    }
    if endpoints.is_empty() {
        endpoints.push(EndpointFile {
            path: "GET /v4/health".to_owned(),
            permissions: vec![],
            rate_per_minute: Some(RateFile::Number(1)),
        });
    }
    ApiFile {
        contract: said("KWANUS API contract, version 4"),
        validates_permissions: true,
        logs_calls: true,
        endpoints,
    }
}

/// A workflow for each that is triggered; where none is, one that the partner enhances.
fn workflows(planned: &Planned, keys: &[PermissionKey]) -> Vec<WorkflowFile> {
    let name = planned.name;
    let workflow = |called: String, kind: &str, permissions: Vec<String>| WorkflowFile {
        name: called,
        kind: kind.to_owned(),
        version: said("2.1"),
        permissions,
        idempotent: said(
            "Each run carries the identifier of the button that was pressed. A second run with the same identifier answers with the result of the first.",
        ),
        auditable: Some(format!(
            "A line in the job log of {name} with the run’s identifier, the instant, the version and the outcome, kept for twelve months."
        )),
        reversible: said(
            "The person takes it back on the same screen for 24 hours; we then delete what it prepared, and the log says so.",
        ),
        os_decides: (kind == "enhanced").then_some(true),
        ..WorkflowFile::default()
    };
    let triggered = of_kind(keys, Kind::Workflow).map(|key| {
        let words = key.as_str().split(':').nth(1).unwrap_or_default().replace(['.', '_'], " ");
        workflow(capital(&words), "triggered", vec![key.to_string()])
    });
    let mut all: Vec<_> = triggered.collect();
    if all.is_empty() {
        all.push(workflow(format!("Add what {name} knows"), "enhanced", vec![]));
    }
    all
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn extend(file: &mut ManifestFile, planned: &Planned, keys: &[PermissionKey]) {
    let reads = of_kind(keys, Kind::Read).map(ToString::to_string).collect();
    file.id = format!("example.{}.{}", planned.partner, planned.slug);
    "1.8.0".clone_into(&mut file.version);
    file.entry = said("dist/index.js");
    file.compatibility = Some(CompatibilityFile { kwanus: ">=4.2, <6".to_owned() });
    let panel = ComponentFile {
        name: planned.name.to_owned(),
        kind: "ui".to_owned(),
        permissions: Some(reads),
        ..ComponentFile::default()
    };
    file.extension = Some(ExtensionFile {
        sandbox: said(
            "A frame of its own origin without access to the page around it. It reaches our API alone, and stores nothing in the browser.",
        ),
        components: vec![panel],
    });
}

fn compliance(planned: &Planned, keys: &[PermissionKey], retention: u32) -> ComplianceFile {
    let copy = || StorageFile {
        place: said("Our PostgreSQL cluster in Frankfurt, Germany"),
        permissions: keys.iter().map(ToString::to_string).collect(),
        retention_hours: Some(retention),
        readers: said("Two engineers on call, by a ticket each time"),
    };
    ComplianceFile {
        protection: said(
            "TLS 1.3 on the way; AES-256 at rest, with keys in a hardware module that two people can open together. Access is checked each quarter.",
        ),
        audit_contact: Some(format!("audit@{}.demo.example", planned.partner)),
        accepts_annual_review: true,
        tracks: Some(false),
        shares_with: vec![],
        storage: if retention > 24 { vec![copy()] } else { vec![] },
    }
}
