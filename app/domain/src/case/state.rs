//! How far a case is.

use crate::{ballot::Outcome, words::words};

/// The states of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseState {
    /// Its partner writes it; nobody else knows of it.
    Draft,
    /// The boards have it.
    Open,
    /// Every board that decides carried it.
    Carried,
    /// The boards said no, or let its time pass.
    Declined,
    /// The boards said how the integration goes on.
    Reviewed,
    /// Its partner took it back before the boards had decided.
    Withdrawn,
}

words!(CaseState {
    Draft = "draft",
    Open = "open",
    Carried = "carried",
    Declined = "declined",
    Reviewed = "reviewed",
    Withdrawn = "withdrawn",
});

impl CaseState {
    /// The word on its tag.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Open => "In review",
            Self::Carried => "Carried",
            Self::Declined => "Declined",
            Self::Reviewed => "Reviewed",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// Whether the boards have decided.
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Carried | Self::Declined | Self::Reviewed)
    }

    /// Whether nothing happens to it any more: it was decided, or withdrawn.
    pub const fn is_final(self) -> bool {
        self.is_decided() || matches!(self, Self::Withdrawn)
    }
}

impl From<Outcome> for CaseState {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Carried => Self::Carried,
            Outcome::Declined => Self::Declined,
            Outcome::Reviewed(_) => Self::Reviewed,
        }
    }
}
