//! What a rule found.

use super::Rule;

/// What a finding means for the declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Never: it cannot be submitted.
    Forbidden,
    /// Something that must be there is not: it cannot be submitted yet.
    Missing,
    /// The boards weigh it.
    Restricted,
}

impl Verdict {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::Forbidden, Self::Missing, Self::Restricted];

    /// The verdict of that word.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.label() == label)
    }

    /// The word beside its glyph.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Forbidden => "Forbidden",
            Self::Missing => "Missing",
            Self::Restricted => "Restricted",
        }
    }
}

/// One thing that a rule found, about one permission of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// The field of the form beside which it is shown.
    pub field: &'static str,
    /// What is wrong and how to mend it, in one sentence without a full stop.
    pub message: String,
}

impl Finding {
    /// What it means.
    pub const fn verdict(&self) -> Verdict {
        self.rule.verdict()
    }

    /// The source of its rule.
    pub fn citation(&self) -> String {
        self.rule.citation()
    }
}

/// Whether a declaration with these findings may be submitted.
#[must_use]
pub fn may_submit(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.verdict() == Verdict::Restricted)
}
