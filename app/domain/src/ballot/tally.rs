//! Counting.

use super::Stance;

/// A member of the board in term, as far as counting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voter {
    /// Whether they may not decide on this case, such as their own proposal.
    pub is_recused: bool,
    /// Their position on the revision before the board; one on an earlier revision is none.
    pub stance: Option<Stance>,
}

/// How a ballot stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tally {
    /// The unrecused members in term.
    pub eligible: usize,
    /// Who approves; of a review, who recommends.
    pub approvals: usize,
    /// Who objects.
    pub objections: usize,
    /// Who abstains.
    pub abstentions: usize,
}

/// What that means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Enough approve, and nobody objects.
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
    /// Counts; whoever is recused counts for nothing.
    #[must_use]
    pub fn of(voters: impl IntoIterator<Item = Voter>) -> Self {
        let mut tally = Self::default();
        for voter in voters.into_iter().filter(|voter| !voter.is_recused) {
            tally.eligible += 1;
            match voter.stance {
                // To recommend anything is to take part in saying how it goes on.
                Some(Stance::Approve | Stance::Recommend(_)) => tally.approvals += 1,
                Some(Stance::Object) => tally.objections += 1,
                Some(Stance::Abstain) => tally.abstentions += 1,
                None => {}
            }
        }
        tally
    }

    /// How many must approve: more than half of those who may take part.
    #[must_use]
    pub const fn needed(self) -> usize {
        self.eligible / 2 + 1
    }

    /// Who has not said anything yet.
    #[must_use]
    pub const fn waiting(self) -> usize {
        self.eligible - self.approvals - self.objections - self.abstentions
    }

    /// How many approvals are missing.
    #[must_use]
    pub const fn short_of(self) -> usize {
        self.needed().saturating_sub(self.approvals)
    }

    /// What it means.
    #[must_use]
    pub const fn progress(self) -> Progress {
        if self.eligible < 2 {
            Progress::Short
        } else if self.approvals >= self.needed() {
            if self.objections == 0 { Progress::Carries } else { Progress::Held }
        } else if self.approvals + self.waiting() < self.needed() {
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

    fn tally(stances: &str) -> Tally {
        Tally::of(stances.chars().map(|c| Voter {
            is_recused: c == 'r',
            stance: match c {
                'a' => Some(Stance::Approve),
                'o' => Some(Stance::Object),
                'n' => Some(Stance::Abstain),
                _ => None,
            },
        }))
    }

    #[test]
    fn a_majority_of_the_unrecused_members_carries() {
        for (stances, needed, progress) in [
            ("aa...", 3, Progress::Open),
            ("aaa..", 3, Progress::Carries),
            ("aaao.", 3, Progress::Held),
            ("aannn", 3, Progress::Lost),
            ("aan..", 3, Progress::Open),
            ("aanno", 3, Progress::Lost),
            ("ooo..", 3, Progress::Lost),
            ("aarrr", 2, Progress::Carries),
            ("a..rr", 2, Progress::Open),
            ("aa..", 3, Progress::Open),
            ("aaa.", 3, Progress::Carries),
            ("arrrr", 1, Progress::Short),
            ("a", 1, Progress::Short),
            ("", 1, Progress::Short),
        ] {
            let tally = tally(stances);
            assert_eq!((tally.needed(), tally.progress()), (needed, progress), "{stances}");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_changes_nothing(stances in "[aonr.]{0,12}", seed in any::<prop::sample::Index>()) {
            let mut other: Vec<char> = stances.chars().collect();
            if !other.is_empty() {
                let by = seed.index(other.len());
                other.rotate_left(by);
                other.reverse();
            }
            prop_assert_eq!(tally(&stances), tally(&other.into_iter().collect::<String>()));
        }

        #[test]
        fn nothing_carries_against_an_objection_or_without_more_than_half(stances in "[aonr.]{0,12}") {
            let tally = tally(&stances);
            if tally.progress() == Progress::Carries {
                prop_assert!(tally.objections == 0 && 2 * tally.approvals > tally.eligible && tally.eligible >= 2);
            }
        }

        #[test]
        fn one_more_approval_never_loses_a_ballot_nor_undoes_that_it_carries(stances in "[aonr.]{2,12}") {
            if let Some(at) = stances.find('.') {
                let mut more = stances.clone();
                more.replace_range(at..=at, "a");
                let (before, after) = (tally(&stances).progress(), tally(&more).progress());
                prop_assert!(before != Progress::Carries || after == Progress::Carries);
                prop_assert!(after != Progress::Lost || before == Progress::Lost);
            }
        }

        #[test]
        fn what_is_lost_stays_lost_whatever_the_others_say(stances in "[aon.]{2,9}") {
            if tally(&stances).progress() == Progress::Lost {
                prop_assert_eq!(tally(&stances.replace('.', "a")).progress(), Progress::Lost);
            } else if tally(&stances).objections == 0 {
                prop_assert_eq!(tally(&stances.replace('.', "a")).progress(), Progress::Carries);
            }
        }
    }
}
