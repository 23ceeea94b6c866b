//! Point by point, what enforces the specification: a rule, or a place in the product.

use super::{
    Rule,
    rule::{api, call, compliance, data, extension, lifecycle, permission, workflow},
};

/// A point of the specification with what enforces it.
#[derive(Clone, Copy, Debug)]
pub struct Covered {
    /// The section.
    pub section: u8,
    /// The point, in its words.
    pub point: &'static str,
    /// What enforces it: one thing at least.
    pub by: &'static [By],
}

/// What enforces a point.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// A rule of the book.
    Rule(&'static Rule),
    /// A place in the product: what happens there, and its address.
    Place(&'static str, &'static str),
}

const fn covered(section: u8, point: &'static str, by: &'static [By]) -> Covered {
    Covered { section, point, by }
}

const REVIEWS: &str = "/reviews";
const SCHEMA: &str = "/api/v1/schema/manifest.json";
const STAGES: &str = "/policy#stages";
const ROUTES: &str = "/policy#routes";
const DEPRECATIONS: &str = "/deprecations";

/// What is neither of these nor automation, which is restricted, can be read from no manifest and chosen in no form.
const ONLY_KINDS: By = By::Place("A manifest with a component of another kind cannot be read", SCHEMA);

/// Every point of §§ 3 to 11.
pub static COVERAGE: &[Covered] = &[
    covered(3, "read-only access (Tier 1+)", &[By::Rule(&api::READ_TIER)]),
    covered(3, "workflow triggers (Tier 2+)", &[By::Rule(&api::WORKFLOW_TIER)]),
    covered(3, "intelligence APIs (Tier 3)", &[By::Rule(&permission::INTELLIGENCE_TIER)]),
    covered(3, "write operations", &[By::Rule(&api::WRITE), By::Rule(&api::WRITE_TIER), By::Rule(&api::REASON)]),
    covered(3, "advanced permissions", &[By::Rule(&api::ADVANCED), By::Rule(&api::REASON)]),
    covered(
        3,
        "predictive workflows",
        &[By::Rule(&api::PREDICTIVE), By::Rule(&api::PREDICTIVE_TIER), By::Rule(&api::REASON)],
    ),
    covered(3, "direct DB access", &[By::Rule(&api::DIRECT_DATABASE)]),
    covered(3, "internal API access", &[By::Rule(&api::INTERNAL), By::Rule(&api::ADDRESS)]),
    covered(
        3,
        "unbounded permissions",
        &[
            By::Rule(&api::UNBOUNDED),
            By::Rule(&api::FREQUENT),
            By::Rule(&call::REPEATED),
            By::Rule(&data::LONGEST_GRANT),
        ],
    ),
    covered(3, "versioned endpoints", &[By::Rule(&api::VERSIONED), By::Rule(&api::ENDPOINTS)]),
    covered(3, "contract adherence", &[By::Rule(&api::CONTRACT)]),
    covered(3, "permission validation", &[By::Rule(&api::VALIDATION)]),
    covered(3, "audit logging", &[By::Rule(&api::AUDIT_LOGGING)]),
    covered(4, "initiated by partner", &[By::Rule(&workflow::PERMISSION)]),
    covered(4, "must follow permission rules", &[By::Rule(&workflow::PERMISSION), By::Rule(&permission::IMPLICIT)]),
    covered(4, "partner provides additional data", &[By::Rule(&workflow::FINAL_OUTPUT_SAID)]),
    covered(
        4,
        "OS controls final output",
        &[By::Rule(&workflow::FINAL_OUTPUT), By::Rule(&workflow::FINAL_OUTPUT_SAID)],
    ),
    covered(4, "OS relies on partner service", &[By::Rule(&workflow::RELIABILITY)]),
    covered(4, "requires high reliability", &[By::Rule(&workflow::UNRELIABLE), By::Rule(&workflow::RELIABILITY)]),
    covered(4, "idempotent", &[By::Rule(&workflow::IDEMPOTENT)]),
    covered(4, "auditable", &[By::Rule(&workflow::AUDITABLE)]),
    covered(4, "reversible", &[By::Rule(&workflow::REVERSIBLE)]),
    covered(4, "versioned", &[By::Rule(&workflow::VERSION)]),
    covered(
        5,
        "partner UI components",
        &[ONLY_KINDS, By::Rule(&extension::GLOBAL_OVERRIDE), By::Rule(&extension::NAVIGATION_OVERRIDE)],
    ),
    covered(5, "partner export tools", &[ONLY_KINDS, By::Rule(&extension::PERMISSIONS), By::Rule(&compliance::EXPORT)]),
    covered(
        5,
        "partner data processors",
        &[ONLY_KINDS, By::Rule(&extension::PERMISSIONS), By::Rule(&extension::RAW_DATA)],
    ),
    covered(5, "partner workflow automation", &[By::Rule(&extension::AUTOMATION)]),
    covered(5, "partner write operations", &[By::Rule(&extension::COMPONENT_WRITE)]),
    covered(5, "global UI overrides", &[By::Rule(&extension::GLOBAL_OVERRIDE)]),
    covered(5, "navigation overrides", &[By::Rule(&extension::NAVIGATION_OVERRIDE)]),
    covered(5, "raw data access", &[By::Rule(&extension::RAW_DATA)]),
    covered(5, "manifest", &[By::Rule(&extension::MANIFEST), By::Rule(&extension::COMPONENTS)]),
    covered(5, "permissions", &[By::Rule(&extension::PERMISSIONS)]),
    covered(5, "compatibility declaration", &[By::Rule(&extension::COMPATIBILITY)]),
    covered(5, "sandboxing", &[By::Rule(&extension::SANDBOX)]),
    covered(6, "least privilege", &[By::Rule(&permission::BROAD), By::Rule(&permission::NARROWER)]),
    covered(
        6,
        "explicit declaration",
        &[By::Rule(&permission::EXPLICIT), By::Rule(&api::UNBOUNDED), By::Rule(&permission::IMPLICIT)],
    ),
    covered(6, "justification required", &[By::Rule(&permission::JUSTIFICATION)]),
    covered(6, "periodic review", &[By::Place("Every integration is reviewed each quarter and each year", REVIEWS)]),
    covered(6, "read permissions", &[By::Rule(&api::READ_TIER)]),
    covered(6, "write permissions", &[By::Rule(&api::WRITE), By::Rule(&api::WRITE_TIER)]),
    covered(6, "workflow permissions", &[By::Rule(&api::WORKFLOW_TIER)]),
    covered(6, "intelligence permissions (Tier 3 only)", &[By::Rule(&permission::INTELLIGENCE_TIER)]),
    covered(6, "wildcard permissions", &[By::Rule(&permission::WILDCARD)]),
    covered(6, "implicit permissions", &[By::Rule(&permission::IMPLICIT)]),
    covered(6, "partner-defined permissions", &[By::Rule(&permission::PARTNER_DEFINED)]),
    covered(7, "user-approved data", &[By::Rule(&data::CONSENT)]),
    covered(7, "minimal required fields", &[By::Rule(&data::UNKNOWN_FIELD), By::Rule(&data::MINIMAL)]),
    covered(
        7,
        "temporary access",
        &[By::Rule(&api::UNBOUNDED), By::Rule(&data::EXPIRY), By::Rule(&data::LONGEST_GRANT)],
    ),
    covered(7, "workflow-level write access", &[By::Rule(&data::WORKFLOW_WRITE)]),
    covered(
        7,
        "partner-provided data storage",
        &[
            By::Rule(&data::STORAGE),
            By::Rule(&data::STORAGE_SAID),
            By::Rule(&data::COPY_DECLARED),
            By::Rule(&data::COPY_RETENTION),
        ],
    ),
    covered(7, "raw report text", &[By::Rule(&data::FORBIDDEN)]),
    covered(7, "raw parsed items", &[By::Rule(&data::FORBIDDEN)]),
    covered(7, "simulation data", &[By::Rule(&data::FORBIDDEN)]),
    covered(7, "intelligence data", &[By::Rule(&data::FORBIDDEN)]),
    covered(8, "data protection", &[By::Rule(&compliance::PROTECTION)]),
    covered(8, "retention rules", &[By::Rule(&compliance::RETENTION)]),
    covered(8, "deletion rules", &[By::Rule(&compliance::DELETION)]),
    covered(8, "auditability", &[By::Rule(&compliance::AUDIT_CONTACT)]),
    covered(8, "annual compliance review", &[By::Rule(&compliance::ANNUAL_REVIEW)]),
    covered(8, "unauthorized data export", &[By::Rule(&compliance::EXPORT)]),
    covered(
        8,
        "long-term data storage",
        &[
            By::Rule(&compliance::LONG_RETENTION),
            By::Rule(&api::RETENTION_REASON),
            By::Rule(&compliance::ENDLESS_RETENTION),
        ],
    ),
    covered(8, "external tracking", &[By::Rule(&compliance::TRACKING), By::Rule(&compliance::TRACKING_SAID)]),
    covered(9, "workflow reliability", &[By::Place("ERC and TSC look at it in every review", REVIEWS)]),
    covered(9, "permission usage", &[By::Place("SCO looks at it in every review", REVIEWS)]),
    covered(9, "API error rates", &[By::Place("TSC looks at them in every review", REVIEWS)]),
    covered(9, "extension behavior", &[By::Place("ERC looks at it in every review", REVIEWS)]),
    covered(9, "partner ecosystem health", &[By::Place("CGB reads every quarterly review", REVIEWS)]),
    covered(9, "compliance alignment", &[By::Place("SCO looks at it in every quarterly review", REVIEWS)]),
    covered(9, "full partner integration review", &[By::Place("All four boards hold it each year", REVIEWS)]),
    covered(9, "governance alignment", &[By::Place("CGB looks at it in every annual review", REVIEWS)]),
    covered(10, "full access", &[By::Place("Every grant holds while the integration is Active", STAGES)]),
    covered(10, "workflows enabled", &[By::Place("Every grant holds while the integration is Active", STAGES)]),
    covered(10, "limited updates", &[By::Rule(&lifecycle::STAGE)]),
    covered(10, "compliance checks required", &[By::Rule(&lifecycle::COMPLIANCE_NOTE)]),
    covered(10, "integration flagged", &[By::Place("A deprecation is public", DEPRECATIONS)]),
    covered(
        10,
        "workflows restricted",
        &[By::Place("Writes and intelligence rest, triggers are for existing users", STAGES)],
    ),
    covered(
        10,
        "migration or remediation required",
        &[
            By::Place("A deprecation is proposed with its plan, and lasts six months at least", DEPRECATIONS),
            By::Rule(&lifecycle::DEPRECATION),
        ],
    ),
    covered(10, "integration disabled", &[By::Place("End of Support is final", DEPRECATIONS)]),
    covered(
        10,
        "access revoked",
        &[By::Place("End of Support revokes every grant", DEPRECATIONS), By::Rule(&lifecycle::END_OF_SUPPORT)],
    ),
    covered(11, "TSC: API governance", &[By::Place("Cases go to it by their route", ROUTES)]),
    covered(
        11,
        "SCO: security & compliance",
        &[
            By::Place("Cases go to it by their route", ROUTES),
            By::Place("Its chair suspends at once, which lapses unless CGB ratifies it in time", ROUTES),
        ],
    ),
    covered(11, "ERC: workflow governance", &[By::Place("Cases go to it by their route", ROUTES)]),
    covered(11, "CGB: ecosystem governance", &[By::Place("Cases go to it by their route", ROUTES)]),
    covered(11, "annual integration review", &[By::Place("All four boards hold it each year", REVIEWS)]),
    covered(11, "permission review", &[By::Place("Every review looks at the grants", REVIEWS)]),
    covered(11, "workflow review", &[By::Place("ERC takes part in it where there are workflows", REVIEWS)]),
    covered(11, "compliance review", &[By::Place("SCO takes part in every review", REVIEWS)]),
];

/// What enforces that point.
#[must_use]
pub fn coverage_of(section: u8, point: &str) -> &'static [By] {
    let covered = COVERAGE.iter().find(|covered| covered.section == section && covered.point == point);
    covered.map_or(&[], |covered| covered.by)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::policy::{RULES, Source, specification::sections};

    #[test]
    fn every_point_of_the_specification_is_enforced_and_nothing_that_it_does_not_say() {
        let said: BTreeSet<_> = sections()
            .into_iter()
            .filter(|section| (3..=11).contains(&section.number))
            .flat_map(|section| section.lists.into_iter().map(move |list| (section.number, list)))
            .flat_map(|(number, list)| list.points.into_iter().map(move |point| (number, point)))
            .collect();
        let covered: BTreeSet<_> = COVERAGE.iter().map(|covered| (covered.section, covered.point.to_owned())).collect();
        assert_eq!(said.difference(&covered).collect::<Vec<_>>(), Vec::<&(u8, String)>::new());
        assert_eq!(covered.difference(&said).collect::<Vec<_>>(), Vec::<&(u8, String)>::new());
        assert_eq!(covered.len(), COVERAGE.len(), "each once");
        for covered in COVERAGE {
            assert!(!covered.by.is_empty(), "{}", covered.point);
            assert_eq!(coverage_of(covered.section, covered.point).len(), covered.by.len());
        }
    }

    #[test]
    fn every_rule_of_the_specification_quotes_it_and_enforces_a_point() {
        let text: String = super::super::specification::SPECIFICATION.replace('\u{2011}', "-");
        for rule in RULES {
            if let Source::Specification(section, wording) = rule.source {
                assert!(text.contains(wording), "{}: {wording}", rule.id);
                assert!(rule.id.starts_with(&format!("PIS-{section}.")), "{}", rule.id);
            }
            let covers = |by: &By| matches!(by, By::Rule(other) if other == rule);
            let is_of_a_list = rule.section() != Some(2);
            assert_eq!(COVERAGE.iter().any(|covered| covered.by.iter().any(covers)), is_of_a_list, "{}", rule.id);
        }
    }

    #[test]
    fn every_rule_is_in_the_book_once() {
        let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len());
        assert!(RULES.iter().all(|rule| Rule::from_id(rule.id) == Some(*rule)));
    }
}
