//! Counting.

use super::{Rule, Stance};

/// Fewer members than these decide nothing by themselves.
const FEWEST_MEMBERS: usize = 2;

/// A member of the board in term, as far as counting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voter {
    /// Whether they may not decide on this case, such as their own proposal.
    pub is_recused: bool,
    /// Their position on the revision before the board; one on an earlier revision is none.
    pub stance: Option<Stance>,
    /// Whether every concern that they object with was resolved or overruled.
    pub is_answered: bool,
}

/// How a ballot stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tally {
    /// The unrecused members in term.
    pub eligible: usize,
    /// Who approves, with conditions or without; of a review, who recommends.
    pub approvals: usize,
    /// How many of those name conditions.
    #[serde(default)]
    pub conditional: usize,
    /// Who objects.
    pub objections: usize,
    /// How many of those have no open concern any more.
    #[serde(default)]
    pub answered: usize,
    /// Who abstains.
    pub abstentions: usize,
}

/// What that means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Enough approve, and nothing holds it.
    Carries,
    /// Enough approve, and an objection holds it.
    Held,
    /// Enough may still approve.
    Open,
    /// Fewer than two members may take part: it can neither carry nor fail by itself.
    Short,
    /// Approvals can no longer reach what is needed.
    Lost,
}

impl Tally {
    /// Counts; whoever is recused, by themselves or otherwise, counts for nothing.
    #[must_use]
    pub fn of(voters: impl IntoIterator<Item = Voter>) -> Self {
        let mut tally = Self::default();
        for voter in voters {
            if voter.is_recused || voter.stance == Some(Stance::Recuse) {
                continue;
            }
            tally.eligible += 1;
            match voter.stance {
                // To recommend anything is to take part in saying how it goes on.
                Some(Stance::Approve | Stance::Recommend(_)) => tally.approvals += 1,
                Some(Stance::ApproveWithConditions) => {
                    tally.approvals += 1;
                    tally.conditional += 1;
                }
                Some(Stance::Object) => {
                    tally.objections += 1;
                    tally.answered += usize::from(voter.is_answered);
                }
                Some(Stance::Abstain) => tally.abstentions += 1,
                Some(Stance::Recuse) | None => {}
            }
        }
        tally
    }

    /// How many must approve.
    #[must_use]
    pub fn needed(self, rule: &Rule) -> usize {
        rule.threshold.needed(self.eligible)
    }

    /// Who has not said anything yet.
    #[must_use]
    pub const fn waiting(self) -> usize {
        self.eligible - self.approvals - self.objections - self.abstentions
    }

    /// How many approvals are missing.
    #[must_use]
    pub fn short_of(self, rule: &Rule) -> usize {
        self.needed(rule).saturating_sub(self.approvals)
    }

    /// How many objections hold the board. Under unanimity every one does, whatever became of its concerns; otherwise those
    /// of which a concern is open.
    #[must_use]
    pub const fn blocking(self, rule: &Rule) -> usize {
        if rule.threshold.is_unanimous() {
            self.objections
        } else if rule.objection_blocks {
            self.objections.saturating_sub(self.answered)
        } else {
            0
        }
    }

    /// Whether so few may take part that the board decides nothing by itself.
    #[must_use]
    pub const fn is_short(self) -> bool {
        self.eligible < FEWEST_MEMBERS
    }

    /// What it means.
    #[must_use]
    pub fn progress(self, rule: &Rule) -> Progress {
        let needed = self.needed(rule);
        if self.is_short() {
            Progress::Short
        } else if self.approvals >= needed {
            if self.blocking(rule) == 0 { Progress::Carries } else { Progress::Held }
        } else if self.approvals + self.waiting() < needed {
            Progress::Lost
        } else {
            Progress::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ballot::{Threshold, rule::tests::any_rule};

    const MAJORITY: Rule = Rule::majority(14);

    /// `a` approves, `c` with conditions, `o` objects, `w` objects with concerns that were answered, `n` abstains, `r` recused
    /// by themselves, `x` recused otherwise, whatever they said; anything else has said nothing.
    fn voter(c: char) -> Voter {
        let stance = match c {
            'a' | 'x' => Some(Stance::Approve),
            'c' => Some(Stance::ApproveWithConditions),
            'o' | 'w' => Some(Stance::Object),
            'n' => Some(Stance::Abstain),
            'r' => Some(Stance::Recuse),
            _ => None,
        };
        Voter { is_recused: c == 'x', stance, is_answered: c == 'w' }
    }

    fn tally(stances: &str) -> Tally {
        Tally::of(stances.chars().map(voter))
    }

    fn with(stances: &str, at: usize, c: char) -> Tally {
        Tally::of(stances.chars().enumerate().map(|(n, other)| voter(if n == at { c } else { other })))
    }

    #[test]
    fn a_majority_of_the_unrecused_members_carries() {
        for (stances, needed, progress) in [
            ("aa...", 3, Progress::Open),
            ("aaa..", 3, Progress::Carries),
            ("aac..", 3, Progress::Carries),
            ("aaao.", 3, Progress::Held),
            ("aaaw.", 3, Progress::Carries),
            ("aaawo", 3, Progress::Held),
            ("aannn", 3, Progress::Lost),
            ("aan..", 3, Progress::Open),
            ("aanno", 3, Progress::Lost),
            ("aawww", 3, Progress::Lost),
            ("ooo..", 3, Progress::Lost),
            ("aarrx", 2, Progress::Carries),
            ("a..rx", 2, Progress::Open),
            ("aa..", 3, Progress::Open),
            ("aaa.", 3, Progress::Carries),
            ("arrrr", 1, Progress::Short),
            ("a", 1, Progress::Short),
            ("rrrr", 1, Progress::Short),
            ("", 1, Progress::Short),
        ] {
            let tally = tally(stances);
            assert_eq!((tally.needed(&MAJORITY), tally.progress(&MAJORITY)), (needed, progress), "{stances}");
        }
    }

    #[test]
    fn under_other_rules_more_approve_or_nobody_objects_or_objections_are_heard_and_no_more() {
        let two_thirds = Rule { threshold: Threshold::TWO_THIRDS, ..MAJORITY };
        let unanimity = Rule { threshold: Threshold::UNANIMITY, ..MAJORITY };
        let count = Rule { threshold: Threshold::count(2).unwrap(), ..MAJORITY };
        let free = Rule { objection_blocks: false, ..MAJORITY };
        for (rule, stances, progress) in [
            (two_thirds, "aaa..", Progress::Open),
            (two_thirds, "aaaa.", Progress::Carries),
            (two_thirds, "aaann", Progress::Lost),
            (unanimity, "aaa..", Progress::Carries),
            (unanimity, "aaaw.", Progress::Held),
            (unanimity, "aaan.", Progress::Carries),
            (count, "aa...", Progress::Carries),
            (count, "aao..", Progress::Held),
            (free, "aaaoo", Progress::Carries),
            (free, "aaooo", Progress::Lost),
        ] {
            assert_eq!(tally(stances).progress(&rule), progress, "{stances} {rule:?}");
        }
    }

    #[test]
    fn who_recommends_takes_part_in_a_review() {
        let said = |stance| Voter { is_recused: false, stance, is_answered: false };
        let rungs = crate::review::Rung::ALL.iter().map(|rung| said(Some(Stance::Recommend(*rung))));
        assert_eq!(Tally::of(rungs.chain([said(None)])).approvals, crate::review::Rung::ALL.len());
    }

    const ANY: &str = "[acownrx.]{0,12}";

    proptest! {
        #[test]
        fn the_order_of_arrival_changes_nothing(stances in ANY, seed in any::<prop::sample::Index>()) {
            let mut other: Vec<char> = stances.chars().collect();
            if !other.is_empty() {
                let by = seed.index(other.len());
                other.rotate_left(by);
                other.reverse();
            }
            prop_assert_eq!(tally(&stances), tally(&other.into_iter().collect::<String>()));
        }

        #[test]
        fn nothing_carries_against_what_holds_it_or_without_what_is_needed(stances in ANY, rule in any_rule()) {
            let tally = tally(&stances);
            if tally.progress(&rule) == Progress::Carries {
                prop_assert!(tally.approvals >= 2 && tally.eligible >= 2 && tally.approvals >= tally.needed(&rule));
                let is_held = if rule.threshold.is_unanimous() {
                    stances.contains(['o', 'w'])
                } else {
                    rule.objection_blocks && stances.contains('o')
                };
                prop_assert!(!is_held, "{}", stances);
            }
        }

        #[test]
        fn one_more_approval_never_loses_a_ballot_nor_undoes_that_it_carries(
            stances in "[acownr.]{2,12}", rule in any_rule(), seed in any::<prop::sample::Index>(), how in "[ac]",
        ) {
            // Whoever it is, and whatever they said before, unless they are recused otherwise.
            let at = seed.index(stances.len());
            let (before, after) =
                (tally(&stances).progress(&rule), with(&stances, at, how.chars().next().unwrap()).progress(&rule));
            prop_assert!(before != Progress::Carries || after == Progress::Carries);
            // Of too few, none is lost: whoever comes back may be the second.
            prop_assert!(after != Progress::Lost || matches!(before, Progress::Lost | Progress::Short));
        }

        #[test]
        fn a_recusal_of_whoever_has_not_approved_never_undoes_that_it_carries_but_through_the_minimum_of_two(
            stances in "[acown.]{2,12}", rule in any_rule(), seed in any::<prop::sample::Index>(), how in "[rx]",
        ) {
            let at = seed.index(stances.len());
            if !matches!(stances.as_bytes()[at], b'a' | b'c') {
                let (before, after) = (tally(&stances), with(&stances, at, how.chars().next().unwrap()));
                let is_undone = before.progress(&rule) == Progress::Carries && after.progress(&rule) != Progress::Carries;
                prop_assert!(!is_undone || after.is_short());
            }
        }

        #[test]
        fn an_answered_concern_never_loses_a_ballot_nor_undoes_that_it_carries(
            stances in "[acown.]{2,12}", rule in any_rule(),
        ) {
            if let Some(at) = stances.find('o') {
                let (before, after) = (tally(&stances).progress(&rule), with(&stances, at, 'w').progress(&rule));
                prop_assert!(before != Progress::Carries || after == Progress::Carries);
                prop_assert_eq!(before == Progress::Lost, after == Progress::Lost);
            }
        }

        #[test]
        fn what_is_lost_stays_lost_whatever_the_others_say_and_what_is_not_can_still_carry(
            stances in "[acwn.]{2,9}", rule in any_rule(),
        ) {
            let others = tally(&stances.replace('.', "a"));
            if tally(&stances).progress(&rule) == Progress::Lost {
                prop_assert_eq!(others.progress(&rule), Progress::Lost);
            } else if others.blocking(&rule) == 0 {
                prop_assert_eq!(others.progress(&rule), Progress::Carries);
            }
        }
    }
}
