//! The days of a grant: its last one, and when it can be asked for anew.

use chrono::{DateTime, Duration, NaiveDate, Utc};

/// How many days before its last one a grant can be renewed.
pub const RENEWAL_DAYS: i64 = 60;
/// How many days before its last one its partner is warned.
pub const WARNING_DAYS: i64 = 30;

/// The last day on which a grant holds: the instant that is kept is the first one at which it no longer does.
#[must_use]
pub fn last_day(ends_at: DateTime<Utc>) -> NaiveDate {
    (ends_at - Duration::microseconds(1)).date_naive()
}

/// The day from which it can be renewed.
#[must_use]
pub fn renewal_opens_on(ends_at: DateTime<Utc>) -> NaiveDate {
    last_day(ends_at) - Duration::days(RENEWAL_DAYS)
}

/// How many days are left after this one: 0 on the last.
#[must_use]
pub fn days_left(ends_at: DateTime<Utc>, today: NaiveDate) -> i64 {
    (last_day(ends_at) - today).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_holds_through_its_last_day_and_is_renewed_from_two_months_before() {
        let ends_at = "2027-04-01T00:00:00Z".parse().unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(last_day(ends_at), day("2027-03-31"));
        assert_eq!(renewal_opens_on(ends_at), day("2027-01-30"));
        assert_eq!((days_left(ends_at, day("2027-03-31")), days_left(ends_at, day("2027-03-01"))), (0, 30));
    }
}
