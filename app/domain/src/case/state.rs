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
}

words!(CaseState {
    Draft = "draft",
    Open = "open",
    Carried = "carried",
    Declined = "declined",
    Reviewed = "reviewed",
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
        }
    }

    /// Whether the boards have decided.
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Carried | Self::Declined | Self::Reviewed)
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
