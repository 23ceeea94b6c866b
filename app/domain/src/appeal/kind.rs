//! What is appealed, and who stands behind it.

use crate::{
    ballot::{Outcome, Stance},
    case::CaseKind,
    review::Rung,
    suspension::{Act, Change},
};

/// What kind of decision is appealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appealed {
    /// A justification that was declined.
    Justification,
    /// Grants that a review ended.
    Reduction,
    /// A suspension that was carried, or ratified.
    Suspension,
}

impl Appealed {
    /// What an appeal of a decision would be about; nothing where it takes nothing from its partner, and cannot be appealed. A
    /// case about a suspension says what it does, and a review whether it ended grants.
    #[must_use]
    pub fn of(kind: CaseKind, outcome: Outcome, act: Option<Act>, has_ended: bool) -> Option<Self> {
        let takes = |act: Act| matches!(act.decided(outcome), Change::Begins | Change::Stays);
        Self::about(kind).filter(|what| match what {
            Self::Justification => outcome == Outcome::Declined,
            Self::Reduction => has_ended && matches!(outcome, Outcome::Reviewed(_)),
            Self::Suspension => act.is_some_and(takes),
        })
    }

    /// What the appeal of a decision on such a case is about.
    #[must_use]
    pub const fn about(kind: CaseKind) -> Option<Self> {
        match kind {
            CaseKind::PermissionJustification => Some(Self::Justification),
            CaseKind::QuarterlyReview | CaseKind::AnnualReview => Some(Self::Reduction),
            CaseKind::Suspension => Some(Self::Suspension),
            CaseKind::LifecycleTransition | CaseKind::Appeal => None,
        }
    }

    /// What it is called in a sentence: `appeal of the decline`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Justification => "decline",
            Self::Reduction => "reduction",
            Self::Suspension => "suspension",
        }
    }

    /// Whether who said that stands behind the decision: they objected to what was asked for, or supported what was taken. They
    /// take a position on its appeal, and do not lead it.
    #[must_use]
    pub fn stands_behind(self, stance: Stance) -> bool {
        match self {
            Self::Justification => stance == Stance::Object,
            Self::Reduction => stance.rung() >= Some(Rung::Reduce),
            Self::Suspension => matches!(stance, Stance::Approve | Stance::ApproveWithConditions),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_takes_something_from_its_partner_is_appealed() {
        use CaseKind::{Appeal, LifecycleTransition, PermissionJustification, QuarterlyReview, Suspension};
        use Outcome::{Carried, Declined, Reviewed};
        for (kind, outcome, act, has_ended, expected) in [
            (PermissionJustification, Declined, None, false, Some(Appealed::Justification)),
            (PermissionJustification, Carried, None, false, None),
            (LifecycleTransition, Declined, None, false, None),
            (QuarterlyReview, Reviewed(Rung::Reduce), None, true, Some(Appealed::Reduction)),
            (QuarterlyReview, Reviewed(Rung::Reduce), None, false, None),
            (Suspension, Carried, Some(Act::Suspend), false, Some(Appealed::Suspension)),
            (Suspension, Carried, Some(Act::AtOnce), false, Some(Appealed::Suspension)),
            (Suspension, Carried, Some(Act::Lift), false, None),
            (Suspension, Declined, Some(Act::AtOnce), false, None),
            (Suspension, Declined, Some(Act::Suspend), false, None),
            // It is final.
            (Appeal, Declined, None, false, None),
            (Appeal, Carried, None, false, None),
        ] {
            assert_eq!(Appealed::of(kind, outcome, act, has_ended), expected, "{kind:?} {outcome:?} {act:?}");
        }
    }

    #[test]
    fn who_objected_or_supported_what_was_taken_stands_behind_it_and_nobody_else() {
        use Stance::{Abstain, Approve, ApproveWithConditions, Object, Recommend, Recuse};
        let all = [Approve, ApproveWithConditions, Object, Abstain, Recuse]
            .into_iter()
            .chain([Rung::Continue, Rung::Conditions, Rung::Reduce, Rung::Maintenance, Rung::Suspend].map(Recommend));
        for stance in all {
            let rung = stance.rung();
            assert_eq!(Appealed::Justification.stands_behind(stance), stance == Object);
            let is_for = matches!(stance, Approve | ApproveWithConditions);
            assert_eq!(Appealed::Suspension.stands_behind(stance), is_for);
            let is_strict = matches!(rung, Some(Rung::Reduce | Rung::Maintenance | Rung::Suspend));
            assert_eq!(Appealed::Reduction.stands_behind(stance), is_strict, "{stance:?}");
        }
    }
}
