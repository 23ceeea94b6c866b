//! Until when a decision can be appealed.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

/// For how many days after a decision it can be appealed.
pub const APPEAL_DAYS: u64 = 30;

/// The time in which a decision can be appealed: to the end of the thirtieth day after the one on which it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    decided_at: DateTime<Utc>,
}

impl Window {
    /// The time of what was decided then.
    #[must_use]
    pub const fn of(decided_at: DateTime<Utc>) -> Self {
        Self { decided_at }
    }

    /// The last day, which ends at 24:00 UTC.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.decided_at.date_naive() + Days::new(APPEAL_DAYS)
    }

    /// The first instant at which it is too late.
    #[must_use]
    pub fn closes_at(self) -> DateTime<Utc> {
        (self.last_day() + Days::new(1)).and_time(NaiveTime::MIN).and_utc()
    }

    /// Whether it is not too late.
    #[must_use]
    pub fn is_open(self, now: DateTime<Utc>) -> bool {
        now < self.closes_at()
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_thirtieth_day_is_whole() {
        let window = Window::of(at("2026-11-18T09:42:00Z"));
        assert_eq!(window.last_day(), "2026-12-18".parse().unwrap());
        assert!(window.is_open(at("2026-12-18T23:59:59.999999Z")), "in the last minute");
        assert!(!window.is_open(at("2026-12-19T00:00:00Z")));
    }

    proptest! {
        #[test]
        fn it_is_open_for_thirty_days_at_least_and_for_less_than_thirty_one(decided in 0i64..4_000_000_000, after in 0i64..6_000_000) {
            let decided_at = DateTime::from_timestamp(decided, 0).unwrap();
            let window = Window::of(decided_at);
            let now = decided_at + Duration::seconds(after);
            if after <= 30 * 86_400 {
                prop_assert!(window.is_open(now));
            }
            if after >= 31 * 86_400 {
                prop_assert!(!window.is_open(now));
            }
        }

        #[test]
        fn once_closed_it_stays_closed_and_the_time_of_day_changes_nothing(decided in 0i64..4_000_000_000, later in 0i64..86_400) {
            let decided_at = DateTime::from_timestamp(decided, 0).unwrap();
            let window = Window::of(decided_at);
            prop_assert!(window.is_open(window.closes_at() - Duration::microseconds(1)));
            prop_assert!(!window.is_open(window.closes_at() + Duration::seconds(later)));
            let midnight = decided_at.date_naive().and_time(NaiveTime::MIN).and_utc();
            prop_assert_eq!(Window::of(midnight + Duration::seconds(later)).closes_at(), window.closes_at());
        }
    }
}
