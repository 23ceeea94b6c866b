//! What is on the agenda of a meeting: it is built, never typed.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveTime, Utc};

use crate::{case::CaseRef, words::words};

/// How many days after a meeting the ballots of what is on its agenda close at the latest, unless they are deferred to it. Ballots
/// are open for 14 days: what closes later is before the next meeting of a board that meets every two weeks.
pub const DUE_DAYS: u64 = 14;

/// Why a case is on an agenda, the gravest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Its ballot passed its date.
    Overdue,
    /// Somebody deferred it to the meeting.
    Deferred,
    /// Its ballot closes soon.
    Due,
}

words!(Why { Overdue = "overdue", Deferred = "deferred", Due = "due" });

impl Why {
    /// The words on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::Deferred => "Deferred",
            Self::Due => "Due",
        }
    }
}

/// An open case of the board that may be on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub reference: CaseRef,
    /// When the board's ballot on it closes.
    pub closes_at: DateTime<Utc>,
    /// Whether it is deferred to the meeting.
    pub is_deferred: bool,
}

/// Until when a ballot closes for its case to be due: the end of the last of [`DUE_DAYS`] days after the meeting.
#[must_use]
pub fn due_until(starts_at: DateTime<Utc>) -> DateTime<Utc> {
    let day = starts_at.date_naive().checked_add_days(Days::new(DUE_DAYS + 1));
    day.map_or(DateTime::<Utc>::MAX_UTC, |day| day.and_time(NaiveTime::MIN).and_utc())
}

/// The agenda: what is overdue, deferred to the meeting, or due, in this order; within it what closes first comes first, and then
/// by reference. Each case stands there once, in whatever order the candidates come.
#[must_use]
pub fn agenda(
    candidates: impl IntoIterator<Item = Candidate>,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<(Why, Candidate)> {
    let mut each: BTreeMap<CaseRef, Candidate> = BTreeMap::new();
    for candidate in candidates {
        let known = each.entry(candidate.reference).or_insert(candidate);
        known.is_deferred |= candidate.is_deferred;
        known.closes_at = known.closes_at.min(candidate.closes_at);
    }
    let due_until = due_until(starts_at);
    let on_it = each.into_values().filter_map(|candidate| {
        let why = if candidate.closes_at <= now {
            Why::Overdue
        } else if candidate.is_deferred {
            Why::Deferred
        } else {
            (candidate.closes_at < due_until).then_some(Why::Due)?
        };
        Some((why, candidate))
    });
    let mut agenda: Vec<_> = on_it.collect();
    agenda.sort_by_key(|(why, candidate)| (*why, candidate.closes_at, candidate.reference));
    agenda
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;
    use crate::case::CaseKind;

    fn start() -> DateTime<Utc> {
        "2026-12-03T14:00:00Z".parse().unwrap()
    }

    fn candidate((number, days, is_deferred): (i64, i64, bool)) -> Candidate {
        let reference = CaseRef { kind: CaseKind::PermissionJustification, year: 2026, number };
        Candidate { reference, closes_at: start() + Duration::days(days), is_deferred }
    }

    #[test]
    fn what_closes_within_two_weeks_of_the_meeting_is_due() {
        assert_eq!(due_until(start()).to_string(), "2026-12-18 00:00:00 UTC");
        let on_it = |hours| {
            let closes_at = start() + Duration::hours(hours);
            !agenda([Candidate { closes_at, ..candidate((1, 0, false)) }], start(), start()).is_empty()
        };
        assert!(on_it(14 * 24 + 9) && !on_it(14 * 24 + 10));
    }

    proptest! {
        #[test]
        fn an_agenda_is_stable_and_holds_each_case_once(
            cases in prop::collection::vec((1_i64..12, -10_i64..40, any::<bool>()), 0..30),
            turn in any::<prop::sample::Index>(),
        ) {
            // A board has one ballot on a case: what is said of it twice closes at one time.
            let closes = |number: i64| cases.iter().find(|case| case.0 == number).map_or(0, |case| case.1);
            let all: Vec<_> = cases.iter().map(|case| candidate((case.0, closes(case.0), case.2))).collect();
            let built = agenda(all.clone(), start(), start());
            let mut turned = all.clone();
            if !turned.is_empty() {
                let at = turn.index(turned.len());
                turned.rotate_left(at);
            }
            prop_assert_eq!(&built, &agenda(turned, start(), start()), "the order of arrival does not matter");
            for one in &all {
                let count = built.iter().filter(|(_, other)| other.reference == one.reference).count();
                let is_deferred = all.iter().any(|other| other.reference == one.reference && other.is_deferred);
                let is_due = one.closes_at < due_until(start());
                prop_assert_eq!(count, usize::from(is_deferred || is_due));
            }
            prop_assert!(built.is_sorted_by_key(|(why, one)| (*why, one.closes_at, one.reference)));
        }
    }
}
