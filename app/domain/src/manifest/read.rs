//! From a manifest to what it declares.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use super::{
    fault::{Fault, Faults},
    file::{
        ApiFile, ComplianceFile, ComponentFile, EndpointFile, ManifestFile, PermissionFile, RateFile, StorageFile,
        WorkflowFile,
    },
};
use crate::{
    Violation,
    account::Email,
    declaration::{
        Api, Compliance, Component, ComponentKind, Declaration, DeclaredPermission, Endpoint, Extension, Identity,
        Override, Percent, Question, Rate, Reliability, Retention, Storage, Workflow, WorkflowKind,
    },
    integration::{Layer, Layers},
    permission::{Catalogue, FieldName, PermissionKey},
    policy::{Asked, Rule, WILDCARD, ask},
    time::parse_date,
};

/// What a manifest declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// What it declares.
    pub declaration: Declaration,
    /// The place in the file of each permission of the declaration: one that is none of the catalogue is not in it.
    pub places: Vec<usize>,
    /// What was asked for and is no permission.
    pub refused: Vec<Refused>,
    /// What cannot be read as what it should be.
    pub faults: Vec<Fault>,
    /// The layers that it speaks of.
    pub layers: Option<Layers>,
    /// Of each permission of the declaration, whether the file gives its key alone.
    pub(super) bare: Vec<bool>,
    /// Where the file speaks of an extension, as a JSON pointer.
    pub(super) extension_at: &'static str,
}

/// Something that was asked for and is no permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// The rule that refuses it.
    pub rule: &'static Rule,
    /// What is wrong and how to mend it, in one sentence without a full stop.
    pub message: String,
}

/// Reads the text of a manifest; the first thing in it that is not of its shape is a fault.
pub fn parse(text: &str) -> Result<ManifestFile, Fault> {
    object(text, "A manifest is a JSON object: begin with {")
}

/// Reads a JSON object; `otherwise` is said of what begins as something else.
pub(super) fn object<T: DeserializeOwned>(text: &str, otherwise: &str) -> Result<T, Fault> {
    if !text.trim_start().starts_with('{') {
        return Err(Fault { pointer: String::new(), message: otherwise.to_owned() });
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let file = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let pointer = error.path().iter().fold(String::new(), |pointer, segment| match segment {
            serde_path_to_error::Segment::Seq { index } => format!("{pointer}/{index}"),
            serde_path_to_error::Segment::Map { key } => format!("{pointer}/{}", escape(key)),
            serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => pointer,
        });
        Fault { pointer, message: said(error.inner()) }
    })?;
    json.end().map_err(|error| Fault { pointer: String::new(), message: error.to_string() })?;
    Ok(file)
}

/// What is wrong, without the line and the column of what has a pointer.
fn said(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match message.strip_suffix(&place) {
        Some(said) if error.is_data() => said.to_owned(),
        _ => message,
    }
}

/// A key within a JSON pointer (RFC 6901).
fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl Manifest {
    /// What the file declares, against a catalogue: total, whatever stands in it. To an empty catalogue the keys that endpoints,
    /// workflows, components and copies name are taken as they stand.
    #[must_use]
    pub fn of(file: &ManifestFile, catalogue: &Catalogue) -> Self {
        let mut faults = Faults::against(catalogue);
        let (mut permissions, mut places, mut bare) = (Vec::new(), Vec::new(), Vec::new());
        for (n, item) in file.permissions.iter().enumerate() {
            let pointer = format!("/permissions/{n}");
            match ask(&item.key, catalogue) {
                Asked::Entry(key) => {
                    permissions.push(permission(key, item, &pointer, &mut faults));
                    places.push(n);
                    bare.push(item.is_bare);
                }
                Asked::Refused { rule, message, instead } => {
                    let pointer = if item.is_bare { pointer } else { format!("{pointer}/key") };
                    faults.refuse(pointer, rule, message, &instead);
                }
            }
        }
        let is_extension = file.extension.is_some() || file.entry.is_some();
        let layers = [
            (file.api.is_some(), Layer::Api),
            (!file.workflows.is_empty(), Layer::Workflow),
            (is_extension, Layer::Extension),
        ];
        let layers = layers.into_iter().filter_map(|(is_there, layer)| is_there.then_some(layer.as_str()));
        let layers = Layers::parse(layers).ok();
        let declaration = Declaration {
            permissions,
            api: file.api.as_ref().map(|file| api(file, &mut faults)),
            workflows: file.workflows.iter().enumerate().map(|(n, it)| workflow(n, it, &mut faults)).collect(),
            extension: is_extension.then(|| extension(file, &mut faults)),
            compliance: file.compliance.as_ref().map(|file| compliance(file, &mut faults)).unwrap_or_default(),
            identity: if is_extension { Identity::default() } else { identity(file, &mut faults) },
        };
        let extension_at = if file.extension.is_some() { "/extension" } else { "/entry" };
        let (faults, refused) = faults.into_all();
        Self { declaration, places, refused, faults, layers, bare, extension_at }
    }
}

fn permission(key: PermissionKey, file: &PermissionFile, at: &str, faults: &mut Faults<'_>) -> DeclaredPermission {
    let mut fields = BTreeSet::new();
    for (n, name) in file.fields.iter().enumerate() {
        match FieldName::parse(name) {
            Ok(name) => {
                fields.insert(name);
            }
            Err(_) if name.contains('*') => {
                let message = "Name each field that you need: nothing stands for several".to_owned();
                faults.refuse(format!("{at}/fields/{n}"), &WILDCARD, message, &[]);
            }
            Err(violation) => faults.add(format!("{at}/fields/{n}"), violation),
        }
    }
    let answers =
        [&file.purpose, &file.narrower, &file.consent, &file.deletion, &file.if_refused, &file.compliance_note];
    let mut questions = Question::ALL.into_iter().zip(answers);
    let answers = std::array::from_fn(|_| {
        let (question, text) = questions.next()?;
        faults.answer(format_args!("{at}/{}", question.field()), text.as_deref())
    });
    DeclaredPermission {
        key,
        fields,
        answers,
        retention: file.retention_hours.map(Retention::hours),
        until: file.until.as_deref().and_then(|text| until(text, at, faults)),
        reason: faults.answer(format_args!("{at}/reason"), file.reason.as_deref()),
    }
}

/// The words for no end and for no bound.
pub(super) const NO_END: [&str; 15] = [
    "always",
    "endless",
    "forever",
    "indefinite",
    "indefinitely",
    "infinite",
    "never",
    "no end",
    "no limit",
    "none",
    "open-ended",
    "permanent",
    "permanently",
    "unbounded",
    "unlimited",
];

/// Whether that is one of them, in whatever case.
fn is_endless(text: &str) -> bool {
    NO_END.contains(&text.trim().to_lowercase().as_str())
}

/// A day; the words for no end are read as the end of the calendar, which a rule refuses.
fn until(text: &str, at: &str, faults: &mut Faults<'_>) -> Option<NaiveDate> {
    if is_endless(text) {
        return Some(NaiveDate::MAX);
    }
    parse_date("until", text).unwrap_or_else(|_| {
        faults.add(format!("{at}/until"), Violation::new("until", "malformed", "Write a day like 2027-03-31"));
        None
    })
}

fn keys(texts: &[String], at: &str, faults: &mut Faults<'_>) -> BTreeSet<PermissionKey> {
    texts.iter().enumerate().filter_map(|(n, text)| faults.key(format_args!("{at}/permissions/{n}"), text)).collect()
}

pub(super) fn api(file: &ApiFile, faults: &mut Faults<'_>) -> Api {
    Api {
        contract: faults.answer("/api/contract", file.contract.as_deref()),
        validates_permissions: file.validates_permissions,
        logs_calls: file.logs_calls,
        endpoints: file.endpoints.iter().enumerate().map(|(n, it)| endpoint(n, it, faults)).collect(),
    }
}

pub(super) fn endpoint(n: usize, file: &EndpointFile, faults: &mut Faults<'_>) -> Endpoint {
    let at = format!("/api/endpoints/{n}");
    let rate = match &file.rate_per_minute {
        None => Rate::Unsaid,
        Some(RateFile::Number(rate)) => Rate::PerMinute(*rate),
        Some(RateFile::Word(word)) if is_endless(word) => Rate::Unlimited,
        Some(RateFile::Word(_)) => {
            let violation = Violation::new("rate_per_minute", "malformed", "Write a number of calls a minute");
            faults.add(format!("{at}/rate_per_minute"), violation);
            Rate::Unsaid
        }
    };
    let path = faults.line(&format!("{at}/path"), "Name the endpoint, such as GET /v1/items", &file.path);
    Endpoint { path, permissions: keys(&file.permissions, &at, faults), rate }
}

pub(super) fn workflow(n: usize, file: &WorkflowFile, faults: &mut Faults<'_>) -> Workflow {
    let at = format!("/workflows/{n}");
    // What cannot be read is a fault, and keeps its place: those after it stand where they are in the file.
    let kind = WorkflowKind::from_word(&file.kind).unwrap_or_else(|| {
        faults.add(format!("{at}/kind"), Violation::new("kind", "unknown", "Say triggered, enhanced or dependent"));
        WorkflowKind::Triggered
    });
    // Nothing less than nothing is nothing: -0.0 is 0.
    let target = file.target_percent.and_then(|target| match Percent::parse(&(target + 0.0).to_string()) {
        Ok(target) => Some(target),
        Err(violation) => {
            faults.add(format!("{at}/target_percent"), violation);
            None
        }
    });
    let mut answer = |field: &str, text: &Option<String>| faults.answer(format_args!("{at}/{field}"), text.as_deref());
    let (version, idempotent) = (answer("version", &file.version), answer("idempotent", &file.idempotent));
    let (auditable, reversible) = (answer("auditable", &file.auditable), answer("reversible", &file.reversible));
    let reliability = Reliability {
        target,
        status_page: answer("status_page", &file.status_page),
        when_down: answer("when_down", &file.when_down),
    };
    let name = faults.line(&format!("{at}/name"), "Give the workflow a name", &file.name);
    Workflow {
        name,
        kind,
        version,
        permissions: keys(&file.permissions, &at, faults),
        idempotent,
        auditable,
        reversible,
        is_predictive: file.predictive,
        os_decides: file.os_decides,
        reliability,
    }
}

/// What the manifest says of itself; empty texts are not said.
fn identity(file: &ManifestFile, faults: &mut Faults<'_>) -> Identity {
    let compatibility = file.compatibility.as_ref().map(|compatibility| compatibility.kwanus.as_str());
    Identity {
        id: faults.answer("/id", Some(&file.id)),
        version: faults.answer("/version", Some(&file.version)),
        compatibility: faults.answer("/compatibility/kwanus", compatibility),
    }
}

pub(super) fn extension(file: &ManifestFile, faults: &mut Faults<'_>) -> Extension {
    let Identity { id, version, compatibility } = identity(file, faults);
    let nested = file.extension.as_ref();
    let components = nested.iter().flat_map(|nested| &nested.components).enumerate();
    Extension {
        id,
        version,
        entry: faults.answer("/entry", file.entry.as_deref()),
        compatibility,
        sandbox: faults.answer("/extension/sandbox", nested.and_then(|nested| nested.sandbox.as_deref())),
        components: components.map(|(n, it)| component(n, it, faults)).collect(),
    }
}

pub(super) fn component(n: usize, file: &ComponentFile, faults: &mut Faults<'_>) -> Component {
    let at = format!("/extension/components/{n}");
    let mut overrides = BTreeSet::new();
    for (n, word) in file.overrides.iter().enumerate() {
        if let Some(what) = Override::from_word(word) {
            overrides.insert(what);
        } else {
            let violation = Violation::new("overrides", "unknown", "Say global, navigation or raw-data");
            faults.add(format!("{at}/overrides/{n}"), violation);
        }
    }
    let kind = ComponentKind::from_word(&file.kind).unwrap_or_else(|| {
        faults.add(format!("{at}/kind"), Violation::new("kind", "unknown", "Say ui, export, processor or automation"));
        ComponentKind::Ui
    });
    let permissions = file.permissions.as_ref().map(|texts| keys(texts, &at, faults));
    let name = faults.line(&format!("{at}/name"), "Give it a name", &file.name);
    Component { name, kind, permissions, overrides }
}

/// Whether an answer to who else gets something names nobody.
fn is_nobody(text: &str) -> bool {
    let plain = text.trim().trim_end_matches('.').to_lowercase();
    ["", "-", "–", "nobody", "no one", "no-one", "none", "no", "n/a"].contains(&plain.as_str())
}

pub(super) fn compliance(file: &ComplianceFile, faults: &mut Faults<'_>) -> Compliance {
    let audit_contact = file.audit_contact.as_deref().and_then(|text| match Email::parse(text) {
        Ok(email) => Some(email),
        Err(violation) => {
            faults.add("/compliance/audit_contact".to_owned(), violation);
            None
        }
    });
    let shares_with = file
        .shares_with
        .iter()
        .enumerate()
        .filter(|(_, text)| !is_nobody(text))
        .filter_map(|(n, text)| faults.answer(format_args!("/compliance/shares_with/{n}"), Some(text)));
    let shares_with = shares_with.collect();
    Compliance {
        protection: faults.answer("/compliance/protection", file.protection.as_deref()),
        audit_contact,
        accepts_annual_review: file.accepts_annual_review,
        tracks: file.tracks,
        shares_with,
        storage: file.storage.iter().enumerate().map(|(n, it)| storage(n, it, faults)).collect(),
    }
}

pub(super) fn storage(n: usize, file: &StorageFile, faults: &mut Faults<'_>) -> Storage {
    let at = format!("/compliance/storage/{n}");
    Storage {
        place: faults.answer(format_args!("{at}/place"), file.place.as_deref()),
        permissions: keys(&file.permissions, &at, faults),
        retention: file.retention_hours.map(Retention::hours),
        readers: faults.answer(format_args!("{at}/readers"), file.readers.as_deref()),
    }
}
