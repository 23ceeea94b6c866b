//! How long the boards take, by what they took.

use chrono::{DateTime, Days, NaiveDate, Utc};

/// How many of the last cases say how long the next one takes.
const HISTORY: usize = 50;
/// Of fewer nothing is concluded.
const ENOUGH: usize = 5;

/// How many days it took from one instant to another, by the calendar.
#[must_use]
pub fn days_between(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    (to.date_naive() - from.date_naive()).num_days()
}

/// The median; the upper one of two.
#[must_use]
pub fn median(mut days: Vec<i64>) -> Option<i64> {
    days.sort_unstable();
    days.get(days.len() / 2).copied()
}

/// The day by which a case is likely decided that was submitted then: three of four such cases took no longer. `days` is what
/// they took, the newest decision first; of a few nothing is concluded.
#[must_use]
pub fn likely_by(submitted_at: DateTime<Utc>, days: impl IntoIterator<Item = i64>) -> Option<NaiveDate> {
    let mut days: Vec<_> = days.into_iter().take(HISTORY).collect();
    if days.len() < ENOUGH {
        return None;
    }
    days.sort_unstable();
    // The smallest number of days that three quarters of them do not exceed.
    let within = days.get((days.len() * 3).div_ceil(4) - 1)?;
    submitted_at.date_naive().checked_add_days(Days::new(u64::try_from(*within).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_those_of_the_calendar_and_the_median_is_the_upper_one() {
        assert_eq!(days_between(at("2026-11-18T23:00:00Z"), at("2026-11-19T01:00:00Z")), 1);
        assert_eq!((median(vec![]), median(vec![9]), median(vec![8, 2, 4, 6])), (None, Some(9), Some(6)));
    }

    #[test]
    fn three_of_four_such_cases_took_no_longer_and_a_few_say_nothing() {
        let submitted_at = at("2026-11-18T09:42:00Z");
        assert_eq!(likely_by(submitted_at, [1, 2, 3, 4]), None);
        assert_eq!(likely_by(submitted_at, [5, 4, 3, 2, 1]), NaiveDate::from_ymd_opt(2026, 11, 22));
        assert_eq!(likely_by(submitted_at, [10, 10, 10, 10, 10, 40]), NaiveDate::from_ymd_opt(2026, 11, 28));
        let once_slow = std::iter::repeat_n(3, HISTORY).chain(std::iter::repeat_n(90, 500));
        assert_eq!(likely_by(submitted_at, once_slow), NaiveDate::from_ymd_opt(2026, 11, 21), "the last ones count");
    }

    proptest! {
        #[test]
        fn the_likely_day_is_one_that_some_case_took(days in prop::collection::vec(0i64..400, 0..80)) {
            let submitted_at = at("2026-11-18T09:42:00Z");
            if let Some(day) = likely_by(submitted_at, days.clone()) {
                prop_assert!(days.contains(&(day - submitted_at.date_naive()).num_days()));
            } else {
                prop_assert!(days.len() < ENOUGH);
            }
        }
    }
}
