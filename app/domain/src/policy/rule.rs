//! The rules, each with its citation.

use super::Verdict;

/// The version of the rules, which findings keep.
pub const RULES_VERSION: &str = "2026.1";

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// No wildcard, in whatever spelling.
    Wildcard,
    /// No permission that a partner defines for itself.
    PartnerDefined,
    /// A resource without a name: a narrower entry does.
    Broad,
    /// No permission whose fields are not named.
    Implicit,
    /// Read-only access from tier 1.
    ReadTier,
    /// Workflow triggers from tier 2.
    WorkflowTier,
    /// Writes are limited to tier 2 and above.
    WriteTier,
    /// Intelligence at tier 3 only.
    IntelligenceTier,
    /// Writes are restricted.
    Write,
    /// A forbidden class of data.
    ForbiddenData,
    /// A field that the entry does not offer.
    UnknownField,
    /// Every permission is justified.
    Justification,
    /// The person approves.
    Consent,
    /// Temporary: an end, and no later than the limit.
    Expiry,
    /// How long the data is kept is said.
    Retention,
    /// Kept for more than a day, within the ceiling.
    LongRetention,
    /// Kept beyond the ceiling.
    EndlessRetention,
    /// How the data is deleted is said.
    Deletion,
    /// What is restricted has a reason.
    Reason,
    /// Each layer has its own permissions.
    Layer,
    /// What a stage leaves open.
    Stage,
    /// In Maintenance, compliance is checked before any change.
    ComplianceNote,
}

impl Rule {
    /// All of them, in the order of the specification.
    pub const ALL: [Self; 22] = [
        Self::Layer,
        Self::ReadTier,
        Self::WorkflowTier,
        Self::IntelligenceTier,
        Self::Write,
        Self::WriteTier,
        Self::Wildcard,
        Self::Implicit,
        Self::PartnerDefined,
        Self::Broad,
        Self::Justification,
        Self::Reason,
        Self::Consent,
        Self::UnknownField,
        Self::Expiry,
        Self::ForbiddenData,
        Self::Retention,
        Self::LongRetention,
        Self::EndlessRetention,
        Self::Deletion,
        Self::Stage,
        Self::ComplianceNote,
    ];

    /// Stable, for machines and links.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ReadTier => "PIS-3.read-tier",
            Self::WorkflowTier => "PIS-3.workflow-tier",
            Self::IntelligenceTier => "PIS-6.intelligence-tier",
            Self::Write => "PIS-3.write",
            Self::WriteTier => "EPS.write-tier",
            Self::Wildcard => "PIS-6.wildcard",
            Self::Implicit => "PIS-6.implicit",
            Self::PartnerDefined => "PIS-6.partner-defined",
            Self::Broad => "PIS-6.broad",
            Self::Justification => "PIS-6.justification",
            Self::Reason => "PIS-3.reason",
            Self::Consent => "PIS-7.consent",
            Self::UnknownField => "PIS-7.unknown-field",
            Self::Expiry => "PIS-7.expiry",
            Self::ForbiddenData => "PIS-7.forbidden-data",
            Self::Retention => "PIS-8.retention",
            Self::LongRetention => "PCS.long-retention",
            Self::EndlessRetention => "PCS.endless-retention",
            Self::Deletion => "PIS-8.deletion",
            Self::Layer => "PIS-2.layer",
            Self::Stage => "PIS-10.stage",
            Self::ComplianceNote => "PIS-10.compliance-note",
        }
    }

    /// The rule of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// The section of `PartnerIntegrationSpec` that it enforces; none where it is a default of another document of the family.
    pub const fn section(self) -> Option<u8> {
        match self {
            Self::Layer => Some(2),
            Self::ReadTier | Self::WorkflowTier | Self::Write | Self::Reason => Some(3),
            Self::IntelligenceTier
            | Self::Wildcard
            | Self::Implicit
            | Self::PartnerDefined
            | Self::Broad
            | Self::Justification => Some(6),
            Self::Consent | Self::UnknownField | Self::Expiry | Self::ForbiddenData => Some(7),
            Self::Retention | Self::Deletion => Some(8),
            Self::Stage | Self::ComplianceNote => Some(10),
            Self::WriteTier | Self::LongRetention | Self::EndlessRetention => None,
        }
    }

    /// Where it comes from: `PartnerIntegrationSpec §7`, unbroken, or the document whose default it is.
    pub fn citation(self) -> String {
        match (self.section(), self) {
            (Some(section), _) => format!("PartnerIntegrationSpec\u{a0}§{section}"),
            (None, Self::WriteTier) => "EcoPartnerSpec".to_owned(),
            (None, _) => "PartnerComplianceSpec".to_owned(),
        }
    }

    /// What it says of a declaration that it finds fault with.
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Wildcard
            | Self::PartnerDefined
            | Self::Broad
            | Self::ReadTier
            | Self::WorkflowTier
            | Self::WriteTier
            | Self::IntelligenceTier
            | Self::ForbiddenData
            | Self::UnknownField
            | Self::EndlessRetention
            | Self::Layer
            | Self::Stage => Verdict::Forbidden,
            Self::Write | Self::LongRetention => Verdict::Restricted,
            Self::Implicit
            | Self::Justification
            | Self::Consent
            | Self::Expiry
            | Self::Retention
            | Self::Deletion
            | Self::Reason
            | Self::ComplianceNote => Verdict::Missing,
        }
    }

    /// The rule in a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ReadTier => "Read-only access is for tier 1 and above",
            Self::WorkflowTier => "Workflow triggers are for tier 2 and above",
            Self::IntelligenceTier => "Intelligence permissions are for tier 3 only",
            Self::Write => "Write operations are restricted: the boards weigh the reason",
            Self::WriteTier => "Limited writes are for tier 2 and above",
            Self::Wildcard => "Wildcard permissions are forbidden",
            Self::Implicit => "Implicit permissions are forbidden: every field is named",
            Self::PartnerDefined => "Partner-defined permissions are forbidden: choose from the catalogue",
            Self::Broad => "Least privilege: a narrower entry is named instead of a whole resource",
            Self::Justification => "Every permission is justified",
            Self::Reason => "What is restricted is asked for with a reason",
            Self::Consent => "Data is approved by the person whose it is",
            Self::UnknownField => "Only the fields that the catalogue offers can be asked for",
            Self::Expiry => "Access is temporary: it ends on a day, within the limit",
            Self::ForbiddenData => {
                "Raw report text, raw parsed items, simulation data and intelligence data are forbidden"
            }
            Self::Retention => "How long data is kept is declared",
            Self::LongRetention => "Keeping data for more than 24 hours is restricted",
            Self::EndlessRetention => "Keeping data beyond the ceiling of its class is forbidden",
            Self::Deletion => "How data is deleted is declared",
            Self::Layer => "Each layer has its own permissions: an integration asks for those of its layers",
            Self::Stage => "In Maintenance only what is granted or less can be asked for; after it nothing new",
            Self::ComplianceNote => "In Maintenance, compliance is checked before any change",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_is_listed_once_and_its_id_names_its_section() {
        let ids: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            let prefix = match rule.citation().as_str() {
                "EcoPartnerSpec" => "EPS.".to_owned(),
                "PartnerComplianceSpec" => "PCS.".to_owned(),
                citation => citation.replace("PartnerIntegrationSpec\u{a0}§", "PIS-") + ".",
            };
            assert!(rule.id().starts_with(&prefix), "{}", rule.id());
        }
    }
}
