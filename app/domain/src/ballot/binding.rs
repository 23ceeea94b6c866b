//! What becomes of a condition once the decision that it binds is taken.

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};

use super::Outcome;
use crate::{case::CaseKind, words::words};

/// How long an overdue condition waits before it suspends what was granted, in days, where the rule of its ballot says that it
/// does: from the end of its day, or from when its evidence was returned, whichever is later. Who is told today shall have a
/// week to act, as a suspension at once has a week to be ratified.
pub const GRACE_DAYS: i64 = 7;

/// Whether the conditions of the positions that count bind what was decided so: a submission that was carried. Those of other
/// cases stand in their record, with the reasons: no partner submitted those, and none could show that they are met.
#[must_use]
pub fn binds(kind: CaseKind, outcome: Outcome) -> bool {
    kind == CaseKind::PermissionJustification && outcome == Outcome::Carried
}

/// How far a binding condition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConditionState {
    /// The partner has to show that it is met.
    Open,
    /// The partner showed it, and its owner says whether it is so.
    Shown,
    /// It is met, for good.
    Met,
}

words!(ConditionState { Open = "open", Shown = "shown", Met = "met" });

/// What is done about a binding condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConditionAct {
    /// The partner supplies evidence.
    Supply,
    /// Its owner returns that, and it is open again.
    Return,
    /// Its owner accepts it as met.
    Accept,
}

words!(ConditionAct { Supply = "supplied", Return = "returned", Accept = "accepted" });

impl ConditionState {
    /// The words on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Shown => "Evidence supplied",
            Self::Met => "Met",
        }
    }

    /// The state after that is done, where it can be.
    #[must_use]
    pub const fn after(self, act: ConditionAct) -> Option<Self> {
        match (self, act) {
            (Self::Open, ConditionAct::Supply) => Some(Self::Shown),
            (Self::Shown, ConditionAct::Return) => Some(Self::Open),
            (Self::Shown, ConditionAct::Accept) => Some(Self::Met),
            _ => None,
        }
    }
}

/// A binding condition, as time sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// How far it is.
    pub state: ConditionState,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The last day on which it can be met, which ends at 24:00 UTC.
    pub due_on: NaiveDate,
}

/// What time does about a condition, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Escalation {
    /// It is told that it is overdue.
    Tell,
    /// It suspends what was granted by its case.
    Suspend,
}

impl Binding {
    /// The end of its day.
    #[must_use]
    pub fn due_at(&self) -> DateTime<Utc> {
        (self.due_on + Days::new(1)).and_time(NaiveTime::MIN).and_utc()
    }

    /// Whether its partner is late. While the owner looks at what was supplied, it is not.
    #[must_use]
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.state == ConditionState::Open && now >= self.due_at()
    }

    /// When it would suspend what was granted, left open.
    #[must_use]
    pub fn suspends_at(&self) -> DateTime<Utc> {
        self.due_at().max(self.since) + Duration::days(GRACE_DAYS)
    }

    /// What time does next about it, and when, if it stays as it is: `has` what was done, and whether the rule lets it suspend.
    #[must_use]
    pub fn next(&self, has: &[Escalation], may_suspend: bool) -> Option<(Escalation, DateTime<Utc>)> {
        if self.state != ConditionState::Open {
            return None;
        }
        if !has.contains(&Escalation::Tell) {
            return Some((Escalation::Tell, self.due_at()));
        }
        let suspends = may_suspend && !has.contains(&Escalation::Suspend);
        suspends.then(|| (Escalation::Suspend, self.suspends_at()))
    }
}

/// Whether the owner of a condition can say whether it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// They sit on its board.
    Serves,
    /// They do, and are away.
    Away,
    /// They left the board, or have a conflict by now.
    Left,
}

/// Who would say whether a condition is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judge {
    /// Whether they own it.
    pub is_owner: bool,
    /// Whether they chair its board, and may do so on its case.
    pub is_chair: bool,
    /// Where its owner is.
    pub owner: Presence,
}

/// In what part somebody judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judging {
    /// As its owner.
    Owner,
    /// As the board's chair, in the place of its owner.
    InPlace,
}

impl Judge {
    /// In what part they judge, if they may: its owner does, and the board's chair where the owner left or is away.
    #[must_use]
    pub const fn judges(self) -> Option<Judging> {
        match self.owner {
            Presence::Serves | Presence::Away if self.is_owner => Some(Judging::Owner),
            Presence::Left | Presence::Away if self.is_chair && !self.is_owner => Some(Judging::InPlace),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn any_binding() -> impl Strategy<Value = Binding> {
        let state = prop::sample::select(ConditionState::ALL);
        (state, 0i64..400, 0u64..366).prop_map(|(state, hours, days)| Binding {
            state,
            since: at("2026-11-18T09:42:00Z") + Duration::hours(hours),
            due_on: at("2026-11-18T09:42:00Z").date_naive() + Days::new(days),
        })
    }

    #[test]
    fn a_condition_is_overdue_at_the_end_of_its_day_and_suspends_a_week_later() {
        let due_on = "2026-12-01".parse().unwrap();
        let open = Binding { state: ConditionState::Open, since: at("2026-11-18T09:42:00Z"), due_on };
        assert!(!open.is_overdue(at("2026-12-01T23:59:59Z")) && open.is_overdue(at("2026-12-02T00:00:00Z")));
        assert_eq!(open.next(&[], true), Some((Escalation::Tell, at("2026-12-02T00:00:00Z"))));
        let told = [Escalation::Tell];
        assert_eq!(open.next(&told, true), Some((Escalation::Suspend, at("2026-12-09T00:00:00Z"))));
        assert_eq!(open.next(&told, false), None);
        assert_eq!(open.next(&[Escalation::Tell, Escalation::Suspend], true), None);
        let returned = Binding { since: at("2026-12-20T10:00:00Z"), ..open };
        assert_eq!(returned.suspends_at(), at("2026-12-27T10:00:00Z"), "a week from when it was returned");
    }

    #[test]
    fn its_owner_judges_and_the_chair_only_where_the_owner_cannot() {
        let judge = |is_owner, is_chair, owner| Judge { is_owner, is_chair, owner }.judges();
        assert_eq!(judge(true, false, Presence::Serves), Some(Judging::Owner));
        assert_eq!(judge(true, false, Presence::Away), Some(Judging::Owner), "who is away may come back for it");
        assert_eq!(judge(true, true, Presence::Left), None, "who left judges nothing");
        assert_eq!(judge(false, true, Presence::Serves), None);
        assert_eq!(judge(false, true, Presence::Away), Some(Judging::InPlace));
        assert_eq!(judge(false, true, Presence::Left), Some(Judging::InPlace));
        for owner in [Presence::Serves, Presence::Away, Presence::Left] {
            assert_eq!(judge(false, false, owner), None, "no other member");
        }
    }

    proptest! {
        #[test]
        fn a_condition_that_is_met_stays_so_whatever_is_done(acts in prop::collection::vec(
            prop::sample::select(ConditionAct::ALL), 0..20)
        ) {
            let mut state = ConditionState::Open;
            let mut last = None;
            for act in acts {
                if let Some(after) = state.after(act) {
                    prop_assert_ne!(state, ConditionState::Met);
                    // Nobody judges what was not supplied since, and nothing is supplied twice without an answer.
                    prop_assert_eq!(act == ConditionAct::Supply, last != Some(ConditionAct::Supply));
                    (state, last) = (after, Some(act));
                }
            }
            prop_assert_eq!(state == ConditionState::Met, last == Some(ConditionAct::Accept));
        }

        #[test]
        fn once_overdue_a_condition_stays_so_until_something_is_done(
            binding in any_binding(), hours in 0i64..10_000, more in 0i64..1000,
        ) {
            let now = binding.since + Duration::hours(hours);
            prop_assert!(!binding.is_overdue(now) || binding.is_overdue(now + Duration::hours(more)));
            prop_assert!(binding.state == ConditionState::Open || !binding.is_overdue(now));
        }

        #[test]
        fn time_does_each_thing_once_and_only_to_what_is_overdue(binding in any_binding(), may_suspend in any::<bool>()) {
            let mut has = vec![];
            let mut before = None;
            while let Some((what, when)) = binding.next(&has, may_suspend) {
                prop_assert!(binding.is_overdue(when) && !has.contains(&what) && Some(when) > before);
                prop_assert!(what != Escalation::Suspend || may_suspend);
                has.push(what);
                before = Some(when);
            }
            prop_assert!(has.len() <= 2);
        }
    }
}
