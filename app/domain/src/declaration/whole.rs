//! Everything that an integration declares: what is reviewed as one.

use std::collections::BTreeSet;

use super::{Answer, DeclaredPermission, Percent, Retention};
use crate::{account::Email, permission::PermissionKey, words::words};

/// Everything that an integration declares. What is `None` or empty is still to be said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// What it may do.
    pub permissions: Vec<DeclaredPermission>,
    /// How it uses the API, if it does.
    pub api: Option<Api>,
    /// The workflows that it triggers, enhances or serves.
    pub workflows: Vec<Workflow>,
    /// What it adds inside the OS, if it does.
    pub extension: Option<Extension>,
    /// How the partner protects what it gets.
    pub compliance: Compliance,
    /// What its manifest says of itself where it is no extension: what an extension says of itself stands with it.
    pub identity: Identity,
}

/// What a manifest says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Its identifier, a reverse domain.
    pub id: Option<Answer>,
    /// Its version.
    pub version: Option<Answer>,
    /// The versions of the OS that it works with.
    pub compatibility: Option<Answer>,
}

impl Declaration {
    /// The extension, which begins with what the manifest says of itself where there is none yet.
    pub(crate) fn extension_mut(&mut self) -> &mut Extension {
        let Identity { id, version, compatibility } = std::mem::take(&mut self.identity);
        self.extension.get_or_insert_with(|| Extension { id, version, compatibility, ..Extension::default() })
    }
}

/// How an integration uses the API (`PartnerIntegrationSpec` §3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Api {
    /// The contract that it keeps, by name and version.
    pub contract: Option<Answer>,
    /// Whether the partner checks the permission before each call.
    pub validates_permissions: bool,
    /// Whether the partner logs each call.
    pub logs_calls: bool,
    /// What it calls.
    pub endpoints: Vec<Endpoint>,
}

/// Something of the API that an integration calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// Where: `GET /v1/items`.
    pub path: String,
    /// The permissions that the call needs.
    pub permissions: BTreeSet<PermissionKey>,
    /// How often it is called at most.
    pub rate: Rate,
}

/// How often something is called at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rate {
    /// It is not said.
    #[default]
    Unsaid,
    /// As often as it likes.
    Unlimited,
    /// So many times a minute.
    PerMinute(u32),
}

/// What a workflow is to the OS (`PartnerIntegrationSpec` §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkflowKind {
    /// The partner initiates it.
    Triggered,
    /// The partner provides additional data; the OS controls the final output.
    Enhanced,
    /// The OS relies on the partner's service.
    Dependent,
}

words!(WorkflowKind { Triggered = "triggered", Enhanced = "enhanced", Dependent = "dependent" });

/// A workflow that an integration takes part in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// What it is called.
    pub name: String,
    /// What it is to the OS.
    pub kind: WorkflowKind,
    /// Its version.
    pub version: Option<Answer>,
    /// The permissions that it needs.
    pub permissions: BTreeSet<PermissionKey>,
    /// What makes it safe to run twice.
    pub idempotent: Option<Answer>,
    /// What shows afterwards that it ran, and on what.
    pub auditable: Option<Answer>,
    /// How it is undone.
    pub reversible: Option<Answer>,
    /// Whether it predicts what somebody will do.
    pub is_predictive: bool,
    /// Of an enhanced one: whether the OS controls the final output.
    pub os_decides: Option<bool>,
    /// Of a dependent one: how reliable the partner's service is.
    pub reliability: Reliability,
}

/// How reliable a service of the partner is that the OS relies on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reliability {
    /// How much of the time it answers.
    pub target: Option<Percent>,
    /// Where its state is told.
    pub status_page: Option<Answer>,
    /// What happens to people while it does not answer.
    pub when_down: Option<Answer>,
}

/// What an integration adds inside the OS (`PartnerIntegrationSpec` §5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extension {
    /// Its identifier, a reverse domain.
    pub id: Option<Answer>,
    /// Its version.
    pub version: Option<Answer>,
    /// Where it begins.
    pub entry: Option<Answer>,
    /// The versions of the OS that it works with.
    pub compatibility: Option<Answer>,
    /// What holds it apart from the OS and from other extensions.
    pub sandbox: Option<Answer>,
    /// What it adds.
    pub components: Vec<Component>,
}

/// What kind of thing an extension adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComponentKind {
    /// Something that people see.
    Ui,
    /// Something that takes data out for the person.
    Export,
    /// Something that works on data.
    Processor,
    /// Something that runs a workflow by itself.
    Automation,
}

words!(ComponentKind { Ui = "ui", Export = "export", Processor = "processor", Automation = "automation" });

/// Something that an extension adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// What it is called.
    pub name: String,
    /// What kind of thing it is.
    pub kind: ComponentKind,
    /// The permissions that it needs; `None` where that is not said.
    pub permissions: Option<BTreeSet<PermissionKey>>,
    /// What of the OS it puts itself in the place of.
    pub overrides: BTreeSet<Override>,
}

/// What an extension might put itself in the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Override {
    /// The look or the behaviour of the OS everywhere.
    Global,
    /// How people get about.
    Navigation,
    /// The data behind the API.
    RawData,
}

words!(Override { Global = "global", Navigation = "navigation", RawData = "raw-data" });

/// How the partner protects what it gets (`PartnerIntegrationSpec` §8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compliance {
    /// How the data is protected, on its way and at rest.
    pub protection: Option<Answer>,
    /// Whom auditors reach.
    pub audit_contact: Option<Email>,
    /// Whether the annual compliance review is accepted.
    pub accepts_annual_review: bool,
    /// Whether people are tracked beyond the integration; `None` where that is not said.
    pub tracks: Option<bool>,
    /// Who else gets the data.
    pub shares_with: Vec<Answer>,
    /// Where the partner stores data.
    pub storage: Vec<Storage>,
}

/// Data that the partner stores (`PartnerIntegrationSpec` §7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Storage {
    /// Where.
    pub place: Option<Answer>,
    /// The permissions whose data it holds.
    pub permissions: BTreeSet<PermissionKey>,
    /// For how long.
    pub retention: Option<Retention>,
    /// Who can read it there.
    pub readers: Option<Answer>,
}
