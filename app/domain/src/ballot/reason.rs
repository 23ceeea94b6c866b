//! Why a member takes a position, or somebody proposes something.

use crate::{
    Violation,
    text::{prose, text},
};

/// The longest reason, in characters.
const LONGEST: usize = 2000;

text! {
    /// A reason in prose of up to 2,000 characters, kept in the record.
    Reason
}

impl Reason {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("reason", "Give a reason", LONGEST, text).map(Self)
    }

    /// Reads what was typed where none need be given.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Violation> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }
}
