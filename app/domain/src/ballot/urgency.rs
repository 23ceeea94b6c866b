//! How urgent a ballot is to whoever has not spoken on it.

use chrono::{DateTime, Duration, Utc};

/// A ballot that closes within so many days is due this week.
const WEEK_DAYS: i64 = 7;

/// How urgent a ballot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Its date has passed; it is in its extension.
    Overdue,
    /// It closes within seven days.
    ThisWeek,
    /// It closes after that.
    Later,
}

impl Urgency {
    /// All of them, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Overdue, Self::ThisWeek, Self::Later];

    /// How urgent a ballot is that closes then.
    #[must_use]
    pub fn of(closes_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        if closes_at <= now {
            Self::Overdue
        } else if closes_at <= now + Duration::days(WEEK_DAYS) {
            Self::ThisWeek
        } else {
            Self::Later
        }
    }

    /// The instants between which such ballots close: after the first, and by the second.
    #[must_use]
    pub fn window(self, now: DateTime<Utc>) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let week = now + Duration::days(WEEK_DAYS);
        match self {
            Self::Overdue => (None, Some(now)),
            Self::ThisWeek => (Some(now), Some(week)),
            Self::Later => (Some(week), None),
        }
    }

    /// The heading of its group.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::ThisWeek => "Due this week",
            Self::Later => "Later",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_closes_within_seven_days_is_due_this_week_to_the_instant() {
        let now: DateTime<Utc> = "2026-11-18T09:42:00Z".parse().unwrap();
        let of = |minutes| Urgency::of(now + Duration::minutes(minutes), now);
        let week = 7 * 24 * 60;
        assert_eq!([of(-1), of(0)], [Urgency::Overdue; 2]);
        assert_eq!([of(1), of(week)], [Urgency::ThisWeek; 2]);
        assert_eq!(of(week + 1), Urgency::Later);
    }

    proptest! {
        #[test]
        fn every_ballot_stands_in_the_one_group_whose_window_holds_it(minutes in -30_000_i64..30_000) {
            let now = DateTime::<Utc>::UNIX_EPOCH;
            let closes_at = now + Duration::minutes(minutes);
            let holds = |urgency: &Urgency| {
                let (after, by) = urgency.window(now);
                after.is_none_or(|after| closes_at > after) && by.is_none_or(|by| closes_at <= by)
            };
            let held: Vec<_> = Urgency::ALL.into_iter().filter(holds).collect();
            prop_assert_eq!(held, [Urgency::of(closes_at, now)]);
        }
    }
}
