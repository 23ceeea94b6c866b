//! What people look for.

use crate::{
    Violation,
    text::{line, text},
};

/// The longest text that is looked for, in characters.
const LONGEST: usize = 100;

text! {
    /// Part of a name, or a reference, as somebody typed it: one line of up to 100 characters.
    Sought
}

impl Sought {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        line("q", "Say what to look for", LONGEST, text).map(Self)
    }
}

/// A name as it is searched: capitals make no difference in any script.
#[must_use]
pub fn fold(name: &str) -> String {
    // The one letter that has another small form at the end of a word.
    name.to_lowercase().replace('ς', "σ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_one_line_and_nothing_that_a_database_refuses() {
        assert_eq!(Sought::parse("  Orbit   CRM ").unwrap().as_str(), "Orbit CRM");
        for text in ["", " ", "\0", "a\0b", &"a".repeat(101)] {
            assert!(Sought::parse(text).is_err(), "{text:?}");
        }
        assert_eq!(fold("ÉCONOMIE Ωμέγα"), "économie ωμέγα");
        assert!(fold("ΟΔΟΣΗΜΑΝΣΗ").starts_with(&fold("ΟΔΟΣ")));
    }
}
