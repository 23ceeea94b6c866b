//! What a board is to a case.

use crate::words::words;

/// What a board is to a case, by its route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// It must carry.
    Decides,
    /// It says what it thinks before the board with the final word decides.
    Advises,
    /// It is told.
    Informed,
}

words!(Part { Decides = "decides", Advises = "advises", Informed = "informed" });

impl Part {
    /// The word on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Decides => "decides",
            Self::Advises => "advises",
            Self::Informed => "is informed",
        }
    }
}
