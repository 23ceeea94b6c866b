//! The rule book: each rule is data and pure functions, with the words of the specification that it enforces.
//!
//! To add a rule, write it beside its neighbours in the file of its section, name it in [`RULES`] and in the coverage of the
//! specification, and give it a case that fires it and a nearest one that does not.

mod address;
pub(super) mod api;
pub(super) mod architecture;
pub(super) mod call;
pub(super) mod compliance;
pub(super) mod data;
pub(super) mod extension;
pub(super) mod lifecycle;
pub(super) mod permission;
#[cfg(test)]
pub(super) mod tests;
pub(super) mod workflow;

use std::collections::HashSet;

use chrono::NaiveDate;

pub use self::data::longest_grant;
pub(crate) use self::{
    architecture::{DECLARED, LAYER},
    data::STORAGE_SAID,
    permission::{EXPLICIT, WILDCARD},
};
pub(super) use self::{
    data::FORBIDDEN,
    permission::{BROAD, PARTNER_DEFINED, is_wild_key, words},
};
use super::{Finding, Place, Verdict};
use crate::{
    declaration::{Api, Component, Declaration, DeclaredPermission, Endpoint, Extension, Part, Storage, Workflow},
    integration::{Layers, Stage},
    partner::Tier,
    permission::{Catalogue, Entry, PermissionKey},
};

/// The version of the rule book, which findings keep.
pub const RULES_VERSION: &str = "2026.5";

/// A rule.
pub struct Rule {
    /// Stable, for machines and links.
    pub id: &'static str,
    /// What it enforces.
    pub source: Source,
    /// What it means for a declaration that it finds fault with.
    pub verdict: Verdict,
    /// The rule, in a sentence without a full stop.
    pub words: &'static str,
    /// What the boards weigh where it finds something.
    pub weigh: &'static str,
    pub(super) checks: &'static [Check],
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `PartnerIntegrationSpec`: the section, and its words.
    Specification(u8, &'static str),
    /// A default of another document, where the specification is silent: of the family, or [`OURS`].
    Family(&'static str),
}

/// Where this product sets a limit that no document of the family names.
pub(super) const OURS: Source = Source::Family("KWANUS Governance");

/// What a rule looks at, and the function that does. None reads a clock, and each answers whatever it is given.
pub(super) enum Check {
    /// How a permission is asked for, before it is known to be one.
    Name(fn(&Name<'_>) -> Option<Refusal>),
    /// Each permission.
    Permission(fn(&PermissionScope<'_>, &mut Notes<'_>)),
    /// The use of the API.
    Api(fn(&Api, &Whole<'_>, &mut Notes<'_>)),
    /// Each call of it.
    Endpoint(fn(&Endpoint, &Whole<'_>, &mut Notes<'_>)),
    /// Each workflow.
    Workflow(fn(&Workflow, &Whole<'_>, &mut Notes<'_>)),
    /// The extension.
    Extension(fn(&Extension, &Whole<'_>, &mut Notes<'_>)),
    /// Each thing that it adds.
    Component(fn(&Component, &Whole<'_>, &mut Notes<'_>)),
    /// How the partner protects what it gets.
    Compliance(fn(&Declaration, &mut Notes<'_>)),
    /// The places where the partner stores data.
    Storage(fn(&[Storage], &Whole<'_>, &mut Notes<'_>)),
    /// The declaration as a whole, by the layers of the integration.
    Layers(fn(&Declaration, &Layers, &mut Notes<'_>)),
}

/// A declaration with what its parts are read against.
pub(super) struct Whole<'w> {
    pub declaration: &'w Declaration,
    pub catalogue: &'w Catalogue,
    pub context: Context<'w>,
    /// The keys of the permissions that it declares.
    pub declared: HashSet<&'w PermissionKey>,
    /// The keys of the permissions with which a workflow predicts.
    pub predicting: HashSet<&'w PermissionKey>,
}

impl<'w> Whole<'w> {
    pub fn of(declaration: &'w Declaration, catalogue: &'w Catalogue, context: Context<'w>) -> Self {
        let declared = declaration.permissions.iter().map(|permission| &permission.key).collect();
        let predictive = declaration.workflows.iter().filter(|workflow| workflow.is_predictive);
        let predicting = predictive.flat_map(|workflow| &workflow.permissions).collect();
        Self { declaration, catalogue, context, declared, predicting }
    }
}

/// How a permission was asked for.
pub(super) struct Name<'n> {
    /// In small letters, without spaces around it.
    pub plain: &'n str,
    /// Its words.
    pub words: &'n [&'n str],
    /// What there is.
    pub catalogue: &'n Catalogue,
}

/// Why what was asked for is no permission.
pub(super) struct Refusal {
    pub message: String,
    pub instead: Vec<PermissionKey>,
}

/// What a declaration is read against, besides the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The partner's tier.
    pub tier: Tier,
    /// Where the integration meets the OS.
    pub layers: &'c Layers,
    /// Where the integration stands in its life.
    pub stage: Stage,
    /// What was declared for the grants that the integration holds now.
    pub granted: &'c [DeclaredPermission],
    /// The day, in UTC.
    pub today: NaiveDate,
}

/// A permission with what it is read against.
#[derive(Clone, Copy)]
pub(super) struct PermissionScope<'s> {
    pub permission: &'s DeclaredPermission,
    pub entry: &'s Entry,
    pub catalogue: &'s Catalogue,
    pub context: Context<'s>,
    /// Whether a workflow predicts with it.
    pub predicts: bool,
}

/// What one rule finds in one part of a declaration.
pub(super) struct Notes<'f> {
    pub rule: &'static Rule,
    pub part: Part,
    pub findings: &'f mut Vec<Finding>,
}

impl Notes<'_> {
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.add_to(self.part, field, message);
    }

    pub fn add_to(&mut self, part: Part, field: &'static str, message: impl Into<String>) {
        let place = Place { part, field };
        self.findings.push(Finding { rule: self.rule, place, message: message.into(), is_unanswered: false });
    }

    /// Finds an answer absent where its absence is forbidden.
    pub fn ask(&mut self, field: &'static str, message: impl Into<String>) {
        let place = Place { part: self.part, field };
        self.findings.push(Finding { rule: self.rule, place, message: message.into(), is_unanswered: true });
    }
}

impl Rule {
    /// The rule of that id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<&'static Self> {
        RULES.iter().copied().find(|rule| rule.id == id)
    }

    /// The section of `PartnerIntegrationSpec` that it enforces; none where it is a default of another document of the family.
    #[must_use]
    pub const fn section(&self) -> Option<u8> {
        match self.source {
            Source::Specification(section, _) => Some(section),
            Source::Family(_) => None,
        }
    }

    /// Where it comes from: `PartnerIntegrationSpec §7`, unbroken, or the document whose default it is.
    #[must_use]
    pub fn citation(&self) -> String {
        match self.source {
            Source::Specification(section, _) => format!("PartnerIntegrationSpec\u{a0}§{section}"),
            Source::Family(document) => document.to_owned(),
        }
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// The rule book, in the order of the specification.
pub static RULES: &[&Rule] = &[
    &architecture::LAYER,
    &architecture::DECLARED,
    &api::READ_TIER,
    &api::WORKFLOW_TIER,
    &api::WRITE,
    &api::WRITE_TIER,
    &api::ADVANCED,
    &api::PREDICTIVE,
    &api::PREDICTIVE_TIER,
    &api::REASON,
    &api::RETENTION_REASON,
    &api::DIRECT_DATABASE,
    &api::INTERNAL,
    &api::ADDRESS,
    &api::UNBOUNDED,
    &api::ENDPOINTS,
    &api::VERSIONED,
    &api::CONTRACT,
    &api::FREQUENT,
    &call::REPEATED,
    &api::VALIDATION,
    &api::AUDIT_LOGGING,
    &workflow::PERMISSION,
    &workflow::FINAL_OUTPUT,
    &workflow::FINAL_OUTPUT_SAID,
    &workflow::RELIABILITY,
    &workflow::UNRELIABLE,
    &workflow::IDEMPOTENT,
    &workflow::AUDITABLE,
    &workflow::REVERSIBLE,
    &workflow::VERSION,
    &extension::AUTOMATION,
    &extension::COMPONENT_WRITE,
    &extension::GLOBAL_OVERRIDE,
    &extension::NAVIGATION_OVERRIDE,
    &extension::RAW_DATA,
    &extension::MANIFEST,
    &extension::COMPONENTS,
    &extension::PERMISSIONS,
    &extension::COMPATIBILITY,
    &extension::SANDBOX,
    &permission::WILDCARD,
    &permission::IMPLICIT,
    &permission::EXPLICIT,
    &permission::PARTNER_DEFINED,
    &permission::BROAD,
    &permission::NARROWER,
    &permission::JUSTIFICATION,
    &permission::INTELLIGENCE_TIER,
    &data::CONSENT,
    &data::UNKNOWN_FIELD,
    &data::MINIMAL,
    &data::EXPIRY,
    &data::LONGEST_GRANT,
    &data::WORKFLOW_WRITE,
    &data::STORAGE,
    &data::STORAGE_SAID,
    &data::COPY_DECLARED,
    &data::COPY_RETENTION,
    &data::FORBIDDEN,
    &compliance::PROTECTION,
    &compliance::RETENTION,
    &compliance::LONG_RETENTION,
    &compliance::ENDLESS_RETENTION,
    &compliance::DELETION,
    &compliance::AUDIT_CONTACT,
    &compliance::ANNUAL_REVIEW,
    &compliance::EXPORT,
    &compliance::TRACKING,
    &compliance::TRACKING_SAID,
    &lifecycle::STAGE,
    &lifecycle::DEPRECATION,
    &lifecycle::END_OF_SUPPORT,
    &lifecycle::COMPLIANCE_NOTE,
];
