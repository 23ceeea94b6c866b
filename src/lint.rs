//! Linting a manifest: the same from the command line and over HTTP.

use chrono::NaiveDate;
use kwanus_domain::{
    manifest::{self, Fault, Lint, Located},
    partner::Tier,
    permission::Catalogue,
    policy::{RULES_VERSION, Verdict},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// Reads a manifest, which should be text, against the rules, for a partner of that tier on that day. Anything gets an
/// answer.
pub fn lint(manifest: &[u8], tier: Tier, catalogue: &Catalogue, today: NaiveDate) -> Lint {
    if let Ok(text) = std::str::from_utf8(manifest) {
        manifest::lint(text, tier, catalogue, today)
    } else {
        let fault = Fault { pointer: String::new(), message: "A manifest is text in UTF-8".to_owned() };
        Lint { faults: vec![fault], findings: vec![] }
    }
}

/// So many faults and findings are told: a small file of empty entries must not be answered with a large one.
const MOST_TOLD: usize = 1_000;

/// What was found in a manifest.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Report {
    /// The version of the rule book.
    rules_version: &'static str,
    /// The version of the catalogue that it was read against.
    catalogue_version: i64,
    /// The version of the rules in the file that the catalogue was read from, where it is another: the site that published
    /// it may find something else. Only the command line reads such a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    file_rules_version: Option<String>,
    /// The tier of the partner for whom it was read.
    tier: i64,
    /// What cannot be read as what it should be.
    faults: Vec<FaultReport>,
    /// What the rules found, the gravest first.
    findings: Vec<FindingReport>,
    /// How much more there is of either, beyond the first thousand of each.
    untold: usize,
    /// Whether it can be submitted as it is.
    may_submit: bool,
}

/// Something that cannot be read as what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FaultReport {
    /// Where, as a JSON pointer (RFC 6901).
    pointer: String,
    /// What is wrong and how to mend it.
    message: String,
}

/// Something that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindingReport {
    /// Where, as a JSON pointer (RFC 6901). What is missing has the place where it belongs.
    pointer: String,
    /// The id of the rule.
    rule: String,
    /// What it means: with what is `forbidden` or `missing`, it cannot be submitted.
    #[schema(value_type = Verdict)]
    verdict: String,
    /// Whether nothing that is written is forbidden, and only an answer is not there yet that must be: the fields of a
    /// permission, its end, or how often a call is made. It is `forbidden` all the same until it is answered.
    is_unanswered: bool,
    /// Where the rule comes from.
    citation: String,
    /// What is wrong and how to mend it, in one sentence without a full stop.
    message: String,
}

impl From<&Fault> for FaultReport {
    fn from(fault: &Fault) -> Self {
        Self { pointer: fault.pointer.clone(), message: fault.message.clone() }
    }
}

impl From<&Located> for FindingReport {
    fn from(found: &Located) -> Self {
        Self {
            pointer: found.pointer.clone(),
            rule: found.rule.id.to_owned(),
            verdict: found.rule.verdict.word(),
            is_unanswered: found.is_unanswered,
            citation: found.rule.citation(),
            message: found.message.clone(),
        }
    }
}

/// What was found, as far as it is told.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// What cannot be read as what it should be.
    pub faults: Vec<FaultReport>,
    /// What the rules found, the gravest first.
    pub findings: Vec<FindingReport>,
    /// How much more there is of either.
    pub untold: usize,
}

impl Excerpt {
    /// At most so many faults, and as many findings.
    #[must_use]
    pub fn of(found: &Lint, most: usize) -> Self {
        Self {
            faults: found.faults.iter().take(most).map(FaultReport::from).collect(),
            findings: found.findings.iter().take(most).map(FindingReport::from).collect(),
            untold: found.faults.len().saturating_sub(most) + found.findings.len().saturating_sub(most),
        }
    }
}

impl Report {
    /// What was found against that catalogue, for a partner of that tier.
    #[must_use]
    pub fn of(found: &Lint, tier: Tier, catalogue: &Catalogue) -> Self {
        let Excerpt { faults, findings, untold } = Excerpt::of(found, MOST_TOLD);
        Self {
            rules_version: RULES_VERSION,
            catalogue_version: catalogue.version,
            file_rules_version: None,
            tier: tier.number(),
            faults,
            findings,
            untold,
            may_submit: found.may_submit(),
        }
    }

    /// The same, read against a catalogue that was published beside rules of another version, if it was.
    #[must_use]
    pub fn beside(self, file_rules_version: Option<String>) -> Self {
        Self { file_rules_version, ..self }
    }

    /// As it is written.
    #[must_use]
    pub fn to_json(&self) -> String {
        format!("{:#}\n", json!(self))
    }
}
