//! Until when the partner is to answer.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

use crate::ballot::Deadline;

/// How many working days a partner has.
const WORKING_DAYS: usize = 10;

/// The end of the tenth working day after the one on which it was asked, at the hour at which ballots close. Days from Monday
/// to Friday work; no holidays are known, since no two partners have the same. What is late is said, and decides nothing.
#[must_use]
pub fn answer_by(asked_at: DateTime<Utc>) -> DateTime<Utc> {
    let asked_on = asked_at.date_naive();
    let days = (1..).map_while(|days| asked_on.checked_add_days(Days::new(days)));
    let last = days.filter(|day| is_working_day(*day)).nth(WORKING_DAYS - 1);
    Deadline::on(last.unwrap_or(asked_on)).closes_at()
}

fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_partner_has_ten_working_days_to_five_in_the_afternoon() {
        for (asked_at, due_at) in [
            // A Monday, a Wednesday, the end of a Friday, a Saturday, a Sunday, and across a year and a leap day.
            ("2026-11-16T00:00:00Z", "2026-11-30T17:00:00Z"),
            ("2026-11-18T09:42:00Z", "2026-12-02T17:00:00Z"),
            ("2026-11-20T23:59:59Z", "2026-12-04T17:00:00Z"),
            ("2026-11-21T12:00:00Z", "2026-12-04T17:00:00Z"),
            ("2026-11-22T12:00:00Z", "2026-12-04T17:00:00Z"),
            ("2026-12-24T12:00:00Z", "2027-01-07T17:00:00Z"),
            ("2028-02-28T12:00:00Z", "2028-03-13T17:00:00Z"),
        ] {
            assert_eq!(answer_by(asked_at.parse().unwrap()), due_at.parse::<DateTime<Utc>>().unwrap(), "{asked_at}");
        }
    }

    proptest! {
        #[test]
        fn it_is_due_on_a_working_day_two_weeks_on(seconds in 946_684_800_i64..4_102_444_800) {
            let asked_at = DateTime::from_timestamp(seconds, 0).unwrap();
            let due_at = answer_by(asked_at);
            let days = (due_at.date_naive() - asked_at.date_naive()).num_days();
            prop_assert!(is_working_day(due_at.date_naive()) && (12..=14).contains(&days), "{days}");
        }
    }
}
