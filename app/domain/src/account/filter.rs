//! What a member looks for again and again, kept under a name.

use crate::{
    Violation,
    text::{line, text, verbatim},
};

/// How many filters a person keeps at most.
pub const MOST_FILTERS: usize = 20;

text! {
    /// What a person calls a filter: one line of up to 60 characters.
    FilterName
}

impl FilterName {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        line("name", "Give the filter a name", 60, text).map(Self)
    }
}

text! {
    /// The filter as it stands behind the question mark of an address.
    FilterQuery
}

impl FilterQuery {
    /// Reads what an address says.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        verbatim("query", "Choose something to look for, and apply it, before you save it", 2000, text).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_has_a_name_and_looks_for_something() {
        assert_eq!(FilterName::parse("  Tier 3,  first ").unwrap().as_str(), "Tier 3, first");
        assert_eq!(FilterName::parse(" ").unwrap_err().code, "missing");
        assert_eq!(FilterName::parse(&"a".repeat(61)).unwrap_err().code, "too_long");
        assert_eq!(FilterQuery::parse("tier=3&q=orbit").unwrap().as_str(), "tier=3&q=orbit");
        assert_eq!(FilterQuery::parse("").unwrap_err().field, "query");
    }
}
