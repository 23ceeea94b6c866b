//! How far a case is.

use crate::words::words;

/// The states of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseState {
    /// Its partner writes it; nobody else knows of it.
    Draft,
    /// The boards have it.
    Open,
}

words!(CaseState { Draft = "draft", Open = "open" });

impl CaseState {
    /// The word on its tag.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Open => "In review",
        }
    }
}
