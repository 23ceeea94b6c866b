//! How many must approve.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The smallest number of approvals that a rule may ask for: nobody decides alone.
pub const FEWEST_APPROVALS: u8 = 2;
/// The largest number of approvals that a rule may name.
pub const MOST_APPROVALS: u8 = 50;

/// What share of those who may take part must approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Share {
    /// None by itself: a number alone is asked for.
    None,
    /// More than half.
    Majority,
    /// Two thirds at least.
    TwoThirds,
}

/// How many must approve (`PartnerGovCharter`): a share of those who may take part, a number, or both, and whether an
/// objection stands against it however few object. Thresholds join: what satisfies the join of two satisfies each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Threshold {
    share: Share,
    number: u8,
    is_unanimous: bool,
}

impl Threshold {
    /// More than half of the unrecused members in term.
    pub const MAJORITY: Self = Self { share: Share::Majority, number: 0, is_unanimous: false };
    /// Two thirds of the unrecused members in term, or more.
    pub const TWO_THIRDS: Self = Self { share: Share::TwoThirds, number: 0, is_unanimous: false };
    /// A majority, and nobody objects.
    pub const UNANIMITY: Self = Self { share: Share::Majority, number: 0, is_unanimous: true };

    /// So many approvals; where fewer may take part, all of them. Nothing for a number that no rule may name.
    #[must_use]
    pub const fn count(number: u8) -> Option<Self> {
        if number >= FEWEST_APPROVALS && number <= MOST_APPROVALS {
            Some(Self { share: Share::None, number, is_unanimous: false })
        } else {
            None
        }
    }

    /// How many must approve where so many may take part.
    #[must_use]
    pub fn needed(self, eligible: usize) -> usize {
        let share = match self.share {
            Share::None => 1,
            Share::Majority => eligible / 2 + 1,
            Share::TwoThirds => two_thirds(eligible),
        };
        share.max(usize::from(self.number).min(eligible)).max(1)
    }

    /// Whether nobody may object.
    #[must_use]
    pub const fn is_unanimous(self) -> bool {
        self.is_unanimous
    }

    /// What satisfies both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            share: self.share.max(other.share),
            number: self.number.max(other.number),
            is_unanimous: self.is_unanimous || other.is_unanimous,
        }
    }

    /// What must approve, as it stands behind `by`: `two thirds`, `a majority`.
    #[must_use]
    pub fn share(self) -> String {
        match self {
            Self::MAJORITY => "a majority".to_owned(),
            Self::UNANIMITY => "unanimity".to_owned(),
            other => other.label(),
        }
    }

    /// The rule in a few words.
    #[must_use]
    pub fn label(self) -> String {
        let share = match self.share {
            Share::None => None,
            Share::Majority if self.is_unanimous => Some("unanimity: a majority approves and nobody objects"),
            Share::Majority => Some("majority"),
            Share::TwoThirds if self.is_unanimous => Some("two thirds approve and nobody objects"),
            Share::TwoThirds => Some("two thirds"),
        };
        match (share, self.number) {
            (Some(share), 0) => share.to_owned(),
            (Some(share), number) => format!("{share}, and at least {number} approvals"),
            (None, number) if self.is_unanimous => format!("{number} approvals, and nobody objects"),
            (None, number) => format!("{number} approvals"),
        }
    }
}

/// The smallest number that is two thirds of these, or more.
#[must_use]
pub const fn two_thirds(eligible: usize) -> usize {
    (2 * eligible).div_ceil(3)
}

/// As it is kept: `majority`, `two_thirds`, `unanimity`, `count:3`, and joined `majority+count:3`.
impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = match (self.share, self.is_unanimous) {
            (Share::None, false) => None,
            (Share::Majority, false) => Some("majority"),
            (Share::TwoThirds, false) => Some("two_thirds"),
            (Share::None | Share::Majority, true) => Some("unanimity"),
            (Share::TwoThirds, true) => Some("two_thirds+unanimity"),
        };
        match (share, self.number) {
            (Some(share), 0) => f.write_str(share),
            (Some(share), number) => write!(f, "{share}+count:{number}"),
            (None, number) => write!(f, "count:{number}"),
        }
    }
}

impl TryFrom<String> for Threshold {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let unknown = || format!("no threshold: {text}");
        let part = |word: &str| match word {
            "majority" => Some(Self::MAJORITY),
            "two_thirds" => Some(Self::TWO_THIRDS),
            "unanimity" => Some(Self::UNANIMITY),
            _ => word.strip_prefix("count:").and_then(|number| number.parse().ok()).and_then(Self::count),
        };
        let mut parts = text.split('+').map(part);
        let first = parts.next().flatten().ok_or_else(unknown)?;
        parts.try_fold(first, |whole, part| part.map(|part| whole.join(part))).ok_or_else(unknown)
    }
}

impl From<Threshold> for String {
    fn from(threshold: Threshold) -> Self {
        threshold.to_string()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any threshold that rules make, alone or joined.
    pub fn any_threshold() -> impl Strategy<Value = Threshold> {
        let simple = prop_oneof![
            Just(Threshold::MAJORITY),
            Just(Threshold::TWO_THIRDS),
            Just(Threshold::UNANIMITY),
            (FEWEST_APPROVALS..8).prop_map(|number| Threshold::count(number).unwrap()),
        ];
        prop::collection::vec(simple, 1..4).prop_map(|all| all.into_iter().reduce(Threshold::join).unwrap())
    }

    #[test]
    fn a_threshold_asks_for_a_share_of_those_who_may_take_part_or_for_a_number() {
        let needed = |threshold: Threshold| [2, 3, 4, 5, 6, 9].map(|eligible| threshold.needed(eligible));
        assert_eq!(needed(Threshold::MAJORITY), [2, 2, 3, 3, 4, 5]);
        assert_eq!(needed(Threshold::UNANIMITY), needed(Threshold::MAJORITY));
        assert_eq!(needed(Threshold::TWO_THIRDS), [2, 2, 3, 4, 4, 6]);
        assert_eq!(needed(Threshold::count(3).unwrap()), [2, 3, 3, 3, 3, 3]);
        assert_eq!(needed(Threshold::MAJORITY.join(Threshold::count(4).unwrap())), [2, 3, 4, 4, 4, 5]);
        assert_eq!([Threshold::count(1), Threshold::count(0), Threshold::count(51)], [None; 3]);
    }

    #[test]
    fn what_was_kept_before_rules_were_data_still_reads() {
        for (word, threshold) in [("majority", Threshold::MAJORITY), ("unanimity", Threshold::UNANIMITY)] {
            assert_eq!(serde_json::from_value::<Threshold>(word.into()).unwrap(), threshold);
        }
        for text in ["", "count:1", "count:x", "majority+", "half", "count:300"] {
            assert!(Threshold::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_threshold_reads_back_as_it_was_kept(threshold in any_threshold()) {
            prop_assert_eq!(Threshold::try_from(threshold.to_string()), Ok(threshold));
        }

        #[test]
        fn a_join_asks_for_what_each_asks_for(a in any_threshold(), b in any_threshold(), eligible in 2usize..12) {
            let join = a.join(b);
            prop_assert_eq!(join.needed(eligible), a.needed(eligible).max(b.needed(eligible)));
            prop_assert_eq!(join.is_unanimous(), a.is_unanimous() || b.is_unanimous());
            prop_assert_eq!(join, b.join(a));
            prop_assert_eq!(join.join(a), join);
        }

        #[test]
        fn nobody_is_asked_for_more_than_all_and_nobody_decides_alone(a in any_threshold(), eligible in 2usize..60) {
            prop_assert!((2..=eligible).contains(&a.needed(eligible)));
        }

        #[test]
        fn one_fewer_who_may_take_part_never_asks_for_more_nor_for_two_fewer(a in any_threshold(), eligible in 3usize..60) {
            let (before, after) = (a.needed(eligible), a.needed(eligible - 1));
            prop_assert!(after <= before && before <= after + 1);
        }
    }
}
