//! What an objection is about: a named concern, open until it is resolved, overruled or dropped.

use super::threshold::two_thirds;
use crate::{
    Violation,
    text::{line, text},
    words::words,
};

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// How many concerns somebody raises with one position, at most.
pub const MOST_RAISED: usize = 3;

text! {
    /// What a concern is called, in a few words: `token lifetime`.
    ConcernName
}

impl ConcernName {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        line("concerns", "Name your concern in a few words, such as “token lifetime”", LONGEST_NAME, text).map(Self)
    }
}

/// What became of a concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConcernState {
    /// It holds the board while somebody objects with it whose position counts.
    Open,
    /// Who raised it says that it is answered.
    Resolved,
    /// Two thirds of those who may take part do not share it.
    Overruled,
    /// Everybody who objected with it took another position.
    Dropped,
}

words!(ConcernState { Open = "open", Resolved = "resolved", Overruled = "overruled", Dropped = "dropped" });

impl ConcernState {
    /// The word on its tag.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Resolved => "Resolved",
            Self::Overruled => "Overruled",
            Self::Dropped => "Dropped",
        }
    }

    /// Whether it holds an objection.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open)
    }
}

/// How many of those who may take part must be for it to overrule a concern: two thirds, or more.
#[must_use]
pub const fn overruling(eligible: usize) -> usize {
    two_thirds(eligible)
}

/// Whether so many overrule a concern, of so many who may take part. Fewer than two overrule nothing.
#[must_use]
pub const fn is_overruled(overruling_it: usize, eligible: usize) -> bool {
    eligible >= 2 && overruling_it >= overruling(eligible)
}

/// Who resolves a concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolver {
    /// Whether they raised it.
    pub has_raised_it: bool,
    /// Whether they object with it, and their position counts.
    pub holds_it: bool,
    /// Whether whoever raised it still takes part in the ballot.
    pub raiser_takes_part: bool,
}

impl Resolver {
    /// Whether they may say that it is answered: who raised it; once that person takes no part any more, anybody who objects
    /// with it.
    #[must_use]
    pub const fn may_resolve(self) -> bool {
        if self.raiser_takes_part { self.has_raised_it } else { self.holds_it }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_thirds_overrule() {
        let needed = [2, 3, 4, 5, 6, 7].map(overruling);
        assert_eq!(needed, [2, 2, 3, 4, 4, 5]);
        assert!(is_overruled(3, 4) && !is_overruled(2, 4));
        assert!(!is_overruled(1, 1) && !is_overruled(0, 0));
    }

    #[test]
    fn who_raised_a_concern_resolves_it_and_others_only_once_that_person_is_gone() {
        let may = |has_raised_it, holds_it, raiser_takes_part| {
            Resolver { has_raised_it, holds_it, raiser_takes_part }.may_resolve()
        };
        assert!(may(true, true, true) && may(true, false, true));
        assert!(!may(false, true, true), "whoever seconds it waits for who raised it");
        assert!(may(false, true, false) && !may(false, false, false));
    }

    #[test]
    fn a_concern_has_a_short_name() {
        assert_eq!(ConcernName::parse("  token   lifetime ").unwrap().as_str(), "token lifetime");
        assert_eq!(ConcernName::parse(" ").unwrap_err().field, "concerns");
        assert!(ConcernName::parse(&"x".repeat(81)).is_err());
    }

    proptest! {
        #[test]
        fn more_who_overrule_never_overrule_less(eligible in 0usize..40, some in 0usize..40, more in 0usize..40) {
            prop_assert!(!is_overruled(some, eligible) || is_overruled(some + more, eligible));
            prop_assert!(!is_overruled(some, eligible) || 3 * some >= 2 * eligible);
        }
    }
}
