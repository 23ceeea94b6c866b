//! The policy engine: what `PartnerIntegrationSpec` says of a declaration, with its citation.
//!
//! Pure and total: any declaration gets an answer, the same one every time. The rules are data, a file a section, in `rule`;
//! the form, the command line and the boards share them.

mod ask;
mod coverage;
mod differing;
mod evaluate;
mod file;
mod finding;
mod risk;
mod rule;
mod specification;

use crate::declaration::Retention;

pub use ask::{Asked, ask};
pub use coverage::{By, COVERAGE, Covered, coverage_of};
pub use differing::{Differing, differing};
pub use evaluate::evaluate;
pub use file::RulesFile;
pub use finding::{Finding, Place, Verdict, may_submit};
pub use risk::{Risk, Worst};
pub use rule::{Context, RULES, RULES_VERSION, Rule, Source, longest_grant};
pub(crate) use rule::{DECLARED, EXPLICIT, LAYER, STORAGE_SAID, WILDCARD};
pub use specification::{List, SPECIFICATION, Section, sections};

/// Data kept no longer than this is allowed without being weighed (`PartnerComplianceSpec`).
pub const SHORT_RETENTION: Retention = Retention::hours(24);

#[cfg(test)]
pub(crate) mod tests {
    pub(crate) use super::{
        evaluate::tests::catalogue,
        rule::tests::{any_declaration, sound},
    };
}
