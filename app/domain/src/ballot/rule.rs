//! By what rule a board decides on what is sent to it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Deadline, Threshold};
use crate::Violation;

/// The longest that a rule lets a ballot stay open, in days.
pub const LONGEST_DAYS: i64 = 90;

/// How a board decides on one kind of what comes before it. Rules are data, edited by one administrator and confirmed by a
/// second; a ballot keeps the rule that it opened with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// How many must approve.
    pub threshold: Threshold,
    /// Whether an objection holds the board while one of its concerns is open. Under unanimity any objection does.
    #[serde(default = "yes")]
    pub objection_blocks: bool,
    /// How many days the ballot is open, before its extension.
    #[serde(default)]
    pub days: i64,
    /// How many days it is open at least: nothing is decided sooner, however many have spoken.
    #[serde(default)]
    pub minimum_days: i64,
    /// Whether a condition of its members that is overdue suspends what was granted, a week later.
    #[serde(default)]
    pub suspends_overdue: bool,
}

const fn yes() -> bool {
    true
}

impl Rule {
    /// More than half approve and no concern is open, in so many days.
    #[must_use]
    pub const fn majority(days: i64) -> Self {
        Self { threshold: Threshold::MAJORITY, objection_blocks: true, days, minimum_days: 0, suspends_overdue: false }
    }

    /// The rule, if a board can go by it.
    pub fn check(self) -> Result<Self, Vec<Violation>> {
        let days = (!(1..=LONGEST_DAYS).contains(&self.days)).then(|| {
            Violation::with_message("days", "out_of_range", format!("A ballot stays open for 1 to {LONGEST_DAYS} days"))
        });
        let minimum = (!(0..=self.days.max(0)).contains(&self.minimum_days)).then(|| {
            Violation::new("minimum_days", "out_of_range", "It cannot be open longer at least than it is open at all")
        });
        let wrong: Vec<_> = days.into_iter().chain(minimum).collect();
        if wrong.is_empty() { Ok(self) } else { Err(wrong) }
    }

    /// What satisfies both: where several things in a case send it to the same board, it goes by the strictest of each.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            threshold: self.threshold.join(other.threshold),
            objection_blocks: self.objection_blocks || other.objection_blocks,
            days: self.days.max(other.days),
            minimum_days: self.minimum_days.max(other.minimum_days),
            suspends_overdue: self.suspends_overdue || other.suspends_overdue,
        }
    }

    /// The rule of a ballot that opens now and ends then: however long it is to be open at least, it is decided by its end.
    #[must_use]
    pub fn ending(self, deadline: Deadline, now: DateTime<Utc>) -> Self {
        Self { minimum_days: self.minimum_days.min((deadline.ends_at() - now).num_days()), ..self }
    }

    /// `with 5 members, 1 recused: needs 3 approvals`: what the rule means for a board, as a preview.
    #[must_use]
    pub fn said_of(self, members: usize, recused: usize) -> String {
        let eligible = members.saturating_sub(recused);
        let recused = if recused == 0 { String::new() } else { format!(", {recused} recused") };
        let needs = if eligible < 2 {
            "too few to decide, so the board with the final word decides for it".to_owned()
        } else {
            let objects = if self.threshold.is_unanimous() {
                " and nobody may object"
            } else if self.objection_blocks {
                " and no open concern"
            } else {
                ""
            };
            format!("needs {} approvals{objects}", self.threshold.needed(eligible))
        };
        format!("with {members} members{recused}: {needs}")
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ballot::threshold::tests::any_threshold;

    /// Any rule that can be kept.
    pub fn any_rule() -> impl Strategy<Value = Rule> {
        (any_threshold(), any::<[bool; 2]>(), 1..=LONGEST_DAYS, 0i64..5).prop_map(
            |(threshold, [objection_blocks, suspends_overdue], days, minimum)| Rule {
                threshold,
                objection_blocks,
                days,
                minimum_days: minimum.min(days),
                suspends_overdue,
            },
        )
    }

    #[test]
    fn a_rule_names_days_in_which_a_board_can_decide() {
        let fields = |days, minimum_days| {
            let rule = Rule { minimum_days, ..Rule::majority(days) };
            rule.check().map_or_else(|all| all.into_iter().map(|one| one.field.into_owned()).collect(), |_| vec![])
        };
        assert_eq!(fields(14, 3), Vec::<String>::new());
        assert_eq!(fields(14, 14), Vec::<String>::new());
        assert_eq!(fields(0, 0), ["days"]);
        assert_eq!(fields(91, 0), ["days"]);
        assert_eq!(fields(14, 15), ["minimum_days"]);
        assert_eq!(fields(-1, -1), ["days", "minimum_days"]);
    }

    #[test]
    fn no_rule_keeps_a_ballot_open_beyond_its_end() {
        let now: DateTime<Utc> = "2026-11-06T23:58:00Z".parse().unwrap();
        let rule = Rule { minimum_days: 10, ..Rule::majority(14) };
        assert_eq!(rule.ending(Deadline::within(now, 7), now).minimum_days, 7);
        assert_eq!(rule.ending(Deadline::after(now, 14), now), rule);
    }

    #[test]
    fn what_a_rule_means_is_said_for_a_board_as_it_is() {
        let majority = Rule::majority(14);
        assert_eq!(majority.said_of(5, 1), "with 5 members, 1 recused: needs 3 approvals and no open concern");
        let unanimity = Rule { threshold: Threshold::UNANIMITY, ..majority };
        assert_eq!(unanimity.said_of(4, 0), "with 4 members: needs 3 approvals and nobody may object");
        let free = Rule { objection_blocks: false, threshold: Threshold::TWO_THIRDS, ..majority };
        assert_eq!(free.said_of(5, 0), "with 5 members: needs 4 approvals");
        assert!(free.said_of(3, 2).ends_with("too few to decide, so the board with the final word decides for it"));
    }

    proptest! {
        #[test]
        fn rules_join_whichever_comes_first_and_a_join_can_be_kept(a in any_rule(), b in any_rule()) {
            prop_assert_eq!(a.join(b), b.join(a));
            prop_assert!(a.join(b).check().is_ok());
        }
    }
}
