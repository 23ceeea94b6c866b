//! When a case is decided.

use super::{Part, Progress};
use crate::{review::Rung, words::words};

/// How a case was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Every board that decides carried it.
    Carried,
    /// No: a board lost it, or a ballot ended short or blocked.
    Declined,
    /// It was a review: so the integration goes on.
    Reviewed(Rung),
}

words!(Outcome { Carried = "carried", Declined = "declined" } or Reviewed(Rung));

impl Outcome {
    /// The word on its tag.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Carried => "Carried",
            Self::Declined => "Declined",
            Self::Reviewed(rung) => rung.label(),
        }
    }

    /// How an integration that was reviewed goes on.
    #[must_use]
    pub const fn rung(self) -> Option<Rung> {
        match self {
            Self::Reviewed(rung) => Some(rung),
            Self::Carried | Self::Declined => None,
        }
    }

    /// All of them, in the order they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Carried, Self::Declined].into_iter().chain(Rung::ALL.iter().copied().map(Self::Reviewed))
    }
}

/// A ballot as far as the outcome of its case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What the board is to the case.
    pub part: Part,
    /// How the ballot stands.
    pub progress: Progress,
    /// Whether it is open at least for some time yet: nothing is decided before.
    pub is_early: bool,
    /// Whether its first date has passed.
    pub is_overdue: bool,
    /// Whether its extension is over as well, or its chair closed it after its date.
    pub is_over: bool,
}

impl Counted {
    /// The ballot as it counts for its case: where fewer than two members of the board may take part, the ballot of the board
    /// with the final word serves for it too.
    #[must_use]
    pub const fn served_by(self, last: Option<Self>) -> Self {
        match (self.progress, last) {
            (Progress::Short, Some(last)) => Self { part: self.part, ..last },
            _ => self,
        }
    }

    /// Whether the case waits for the word of its board; for advice, until its date.
    #[must_use]
    pub const fn is_awaited(self) -> bool {
        let is_settled = matches!(self.progress, Progress::Carries | Progress::Lost) && !self.is_early;
        match self.part {
            Part::Decides => !is_settled,
            Part::Advises => !is_settled && !self.is_overdue,
            Part::Informed => false,
        }
    }
}

/// The outcome, when there is one. Silence never approves: what is short or blocked at the end is declined. Where one board
/// has the final word, those that advise come first: nothing is decided before each of them has spoken, or its date has
/// passed. Nor is anything while a board is given time by its rule, so that nobody is overtaken by who happened to be there.
#[must_use]
pub fn outcome(ballots: &[Counted]) -> Option<Outcome> {
    if ballots.iter().any(|ballot| ballot.part == Part::Decides && ballot.is_early) {
        return None;
    }
    if ballots.iter().any(|ballot| ballot.part == Part::Advises && ballot.is_awaited()) {
        return None;
    }
    let mut deciding = ballots.iter().filter(|ballot| ballot.part == Part::Decides).peekable();
    // A case that nobody decides is decided by nobody.
    deciding.peek()?;
    let mut is_carried = true;
    for ballot in deciding {
        match ballot.progress {
            Progress::Lost => return Some(Outcome::Declined),
            Progress::Carries => {}
            Progress::Open | Progress::Held | Progress::Short if ballot.is_over => return Some(Outcome::Declined),
            Progress::Open | Progress::Held | Progress::Short => is_carried = false,
        }
    }
    is_carried.then_some(Outcome::Carried)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ballot(part: Part, progress: Progress) -> Counted {
        Counted { part, progress, is_early: false, is_overdue: false, is_over: false }
    }

    #[test]
    fn every_board_that_decides_must_carry_and_one_can_decline() {
        use Progress::{Carries, Held, Lost, Open};
        let decided = |progress: &[Progress]| {
            outcome(&progress.iter().map(|progress| ballot(Part::Decides, *progress)).collect::<Vec<_>>())
        };
        assert_eq!(decided(&[Carries, Carries]), Some(Outcome::Carried));
        assert_eq!(decided(&[Carries, Open]), None);
        assert_eq!(decided(&[Carries, Held]), None);
        assert_eq!(decided(&[Open, Lost]), Some(Outcome::Declined));
        assert_eq!(decided(&[]), None);
    }

    #[test]
    fn what_is_short_or_blocked_at_the_end_of_the_extension_is_declined() {
        for progress in [Progress::Open, Progress::Held, Progress::Short] {
            let extended = Counted { is_overdue: true, ..ballot(Part::Decides, progress) };
            assert_eq!(outcome(&[extended]), None, "{progress:?}");
            assert_eq!(outcome(&[Counted { is_over: true, ..extended }]), Some(Outcome::Declined), "{progress:?}");
        }
        let carried = Counted { is_overdue: true, is_over: true, ..ballot(Part::Decides, Progress::Carries) };
        assert_eq!(outcome(&[carried]), Some(Outcome::Carried));
    }

    #[test]
    fn the_final_word_waits_for_advice_and_is_not_bound_by_it() {
        let cgb = ballot(Part::Decides, Progress::Carries);
        let advice = ballot(Part::Advises, Progress::Open);
        assert_eq!(outcome(&[cgb, advice]), None);
        assert_eq!(outcome(&[cgb, Counted { is_overdue: true, ..advice }]), Some(Outcome::Carried));
        assert_eq!(outcome(&[cgb, Counted { progress: Progress::Lost, ..advice }]), Some(Outcome::Carried));
        let lost = ballot(Part::Decides, Progress::Lost);
        assert_eq!(outcome(&[lost, advice]), None);
        assert_eq!(outcome(&[lost, Counted { progress: Progress::Carries, ..advice }]), Some(Outcome::Declined));
    }

    #[test]
    fn a_board_is_waited_for_until_it_carries_or_cannot_any_more_and_advice_until_its_date() {
        use Progress::{Carries, Held, Lost, Open, Short};
        for (progress, is_awaited) in [(Open, true), (Held, true), (Short, true), (Carries, false), (Lost, false)] {
            for part in Part::ALL {
                let in_time = ballot(*part, progress);
                let late = Counted { is_overdue: true, ..in_time };
                let expected = match part {
                    Part::Decides => [is_awaited, is_awaited],
                    Part::Advises => [is_awaited, false],
                    Part::Informed => [false, false],
                };
                assert_eq!([in_time, late].map(Counted::is_awaited), expected, "{part:?} {progress:?}");
            }
        }
    }

    fn any_ballot() -> impl Strategy<Value = Counted> {
        let progress = prop::sample::select(vec![
            Progress::Carries,
            Progress::Held,
            Progress::Open,
            Progress::Short,
            Progress::Lost,
        ]);
        (prop::sample::select(Part::ALL), progress, 0..4).prop_map(|(part, progress, late)| Counted {
            part,
            progress,
            is_early: late == 0,
            is_overdue: late > 1,
            is_over: late > 2,
        })
    }

    proptest! {
        #[test]
        fn nothing_is_carried_that_a_deciding_board_did_not_carry(ballots in prop::collection::vec(any_ballot(), 0..6)) {
            if outcome(&ballots) == Some(Outcome::Carried) {
                let deciding: Vec<_> = ballots.iter().filter(|ballot| ballot.part == Part::Decides).collect();
                prop_assert!(!deciding.is_empty());
                prop_assert!(deciding.iter().all(|ballot| ballot.progress == Progress::Carries));
            }
        }

        #[test]
        fn a_board_that_carries_never_undoes_what_all_carried(
            ballots in prop::collection::vec(any_ballot(), 1..6), seed in any::<prop::sample::Index>(),
        ) {
            let mut better = ballots.clone();
            let at = seed.index(better.len());
            better[at].progress = Progress::Carries;
            prop_assert!(outcome(&ballots) != Some(Outcome::Carried) || outcome(&better) == Some(Outcome::Carried));
            let is_lost_elsewhere = better.iter().enumerate().any(|(n, other)| {
                n != at && other.part == Part::Decides && other.progress != Progress::Carries
            });
            prop_assert!(outcome(&better) != Some(Outcome::Declined) || is_lost_elsewhere);
        }

        #[test]
        fn nothing_is_decided_while_a_board_is_given_time(ballots in prop::collection::vec(any_ballot(), 0..6)) {
            if ballots.iter().any(|ballot| ballot.is_early && ballot.part == Part::Decides) {
                prop_assert_eq!(outcome(&ballots), None);
            }
        }

        #[test]
        fn a_board_of_too_few_goes_by_the_last_word_and_others_by_their_own(own in any_ballot(), last in any_ballot()) {
            let served = own.served_by(Some(last));
            prop_assert_eq!(served.part, own.part);
            prop_assert_eq!(served.progress, if own.progress == Progress::Short { last.progress } else { own.progress });
            prop_assert_eq!(own.served_by(None), own);
        }

        #[test]
        fn the_order_of_the_boards_changes_nothing(ballots in prop::collection::vec(any_ballot(), 0..6)) {
            let reversed: Vec<_> = ballots.iter().rev().copied().collect();
            prop_assert_eq!(outcome(&ballots), outcome(&reversed));
        }

        #[test]
        fn at_the_end_of_all_extensions_every_case_is_decided(ballots in prop::collection::vec(any_ballot(), 0..6)) {
            let over: Vec<_> =
                ballots.iter().map(|ballot| Counted { is_early: false, is_overdue: true, is_over: true, ..*ballot }).collect();
            let has_deciding = over.iter().any(|ballot| ballot.part == Part::Decides);
            prop_assert_eq!(outcome(&over).is_some(), has_deciding);
        }
    }
}
