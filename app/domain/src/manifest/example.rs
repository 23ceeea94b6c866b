//! A manifest to begin with.

/// A manifest that says all there is to say and in which nothing is found, for whoever writes their first: an integration
/// of three layers that reads one field.
pub const EXAMPLE: &str = include_str!("example.json");

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{manifest::lint, partner::Tier, permission::Catalogue};

    #[test]
    fn nothing_is_found_in_the_example() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
        let found = lint(EXAMPLE, Tier::One, &Catalogue::built_in().unwrap(), today);
        assert!(found.faults.is_empty() && found.findings.is_empty(), "{found:?}");
    }
}
