//! What a rule found, and where.

use super::Rule;
use crate::declaration::{Part, PartKind, Question};

/// What a finding means for the declaration, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Never: it cannot be submitted.
    Forbidden,
    /// Something that must be there is not: it cannot be submitted yet.
    Missing,
    /// The boards weigh it.
    Restricted,
    /// There may be a better way; nobody has to take it.
    Advisory,
}

impl Verdict {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [Self::Forbidden, Self::Missing, Self::Restricted, Self::Advisory];

    /// The word beside its glyph.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Forbidden => "Forbidden",
            Self::Missing => "Missing",
            Self::Restricted => "Restricted",
            Self::Advisory => "Advice",
        }
    }

    /// The word in files and in answers to programs.
    #[must_use]
    pub fn word(self) -> String {
        self.label().to_lowercase()
    }

    /// The verdict of that label.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.label() == label)
    }

    /// Whether a declaration may be submitted with it.
    #[must_use]
    pub const fn may_submit(self) -> bool {
        matches!(self, Self::Restricted | Self::Advisory)
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Verdict {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        crate::one_of(Self::ALL.map(Self::word))
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Verdict {}

/// Where in a declaration something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// In which part.
    pub part: Part,
    /// Beside which field of its form.
    pub field: &'static str,
}

impl Place {
    /// The place that was kept by the name of its field; beside no field where the forms have none of that name any more.
    #[must_use]
    pub fn kept(part: Part, field: &str) -> Self {
        let asked = PartKind::ALL.iter().flat_map(|kind| kind.prompts()).map(|prompt| prompt.field);
        // Of a permission besides its questions, and of a list as a whole.
        let others = ["permission", "fields", "retention", "until", "reason", "endpoints", "components"];
        let mut fields = asked.chain(Question::ALL.into_iter().map(Question::field)).chain(others);
        Self { part, field: fields.find(|name| *name == field).unwrap_or_default() }
    }
}

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// Where.
    pub place: Place,
    /// What is wrong and how to mend it, in one sentence without a full stop.
    pub message: String,
    /// Whether the rule forbids that an answer is not there, and nothing that was answered.
    pub is_unanswered: bool,
}

impl Finding {
    /// What it means.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.rule.verdict
    }

    /// What it means to whoever is still writing: an answer that is not there yet is missing, and nobody has done what is
    /// forbidden by not having come to it.
    #[must_use]
    pub const fn while_writing(&self) -> Verdict {
        if self.is_unanswered { Verdict::Missing } else { self.verdict() }
    }

    /// The source of its rule.
    #[must_use]
    pub fn citation(&self) -> String {
        self.rule.citation()
    }
}

/// Whether a declaration with these findings may be submitted.
#[must_use]
pub fn may_submit(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.verdict().may_submit())
}
