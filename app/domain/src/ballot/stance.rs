//! What a member says of a case.

use crate::{Violation, words::words};

/// A position on what is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// It may be granted.
    Approve,
    /// It may not, for the reason given. It blocks the board until it is withdrawn.
    Object,
    /// Takes part and approves nothing.
    Abstain,
}

words!(Stance { Approve = "approve", Object = "object", Abstain = "abstain" });

impl Stance {
    /// The word on the form.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Object => "Object",
            Self::Abstain => "Abstain",
        }
    }

    /// What somebody did who took it: “Daniel Okafor approved”.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Object => "objected",
            Self::Abstain => "abstained",
        }
    }

    /// Reads what a form holds.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        Self::from_word(text).ok_or_else(|| Violation::new("position", "missing", "Choose a position"))
    }
}
