//! Where an integration stands in its life (`PartnerIntegrationSpec` §10).

use crate::words::words;

/// A stage. Stages move by single steps; the last is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Full access, workflows enabled.
    Active,
    /// Limited updates, compliance checks required.
    Maintenance,
    /// Flagged; workflows restricted; migration or remediation required.
    Deprecation,
    /// Disabled, access revoked.
    EndOfSupport,
}

words!(Stage { Active = "active", Maintenance = "maintenance", Deprecation = "deprecation", EndOfSupport = "end_of_support" });

impl Stage {
    /// The word on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Maintenance => "Maintenance",
            Self::Deprecation => "Deprecation",
            Self::EndOfSupport => "End of Support",
        }
    }
}
