//! What a case about a suspension does.

use crate::{ballot::Outcome, words::words};

/// What a case about a suspension does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// It proposes a suspension, which begins once it is carried.
    Suspend,
    /// It asks that a suspension be ratified which took effect as the case was opened.
    AtOnce,
    /// It proposes that a suspension is lifted.
    Lift,
}

words!(Act { Suspend = "suspend", AtOnce = "emergency", Lift = "lift" });

/// What becomes of a suspension as its case is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It begins.
    Begins,
    /// It goes on: it stays until it is lifted.
    Stays,
    /// What the case suspended at once is undone.
    Lapses,
    /// It is lifted.
    Ends,
    /// Nothing.
    Nothing,
}

impl Act {
    /// The words on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Suspend => "Suspension",
            Self::AtOnce => "Emergency suspension",
            Self::Lift => "Lifting a suspension",
        }
    }

    /// What the decision on its case changes. Silence never approves: what was suspended at once lapses unless it is carried.
    #[must_use]
    pub fn decided(self, outcome: Outcome) -> Change {
        match (self, outcome == Outcome::Carried) {
            (Self::Suspend, true) => Change::Begins,
            (Self::AtOnce, true) => Change::Stays,
            (Self::Lift, true) => Change::Ends,
            (Self::AtOnce, false) => Change::Lapses,
            (Self::Suspend | Self::Lift, false) => Change::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_suspended_at_once_is_undone_when_it_is_not_carried() {
        for (act, carried, otherwise) in [
            (Act::Suspend, Change::Begins, Change::Nothing),
            (Act::AtOnce, Change::Stays, Change::Lapses),
            (Act::Lift, Change::Ends, Change::Nothing),
        ] {
            for outcome in Outcome::all() {
                let expected = if outcome == Outcome::Carried { carried } else { otherwise };
                assert_eq!(act.decided(outcome), expected, "{act:?} {outcome:?}");
            }
        }
    }
}
