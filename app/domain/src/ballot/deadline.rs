//! When a ballot closes.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};

/// By how many days a ballot is extended, once.
pub const EXTENSION_DAYS: i64 = 7;
/// The hour at which ballots close, in UTC.
const CLOSING_HOUR: u32 = 17;

/// When a ballot closes: at its date, extended once by seven days, after which it stands as declined. The extension needs
/// nobody to grant it, so that it is there whether or not a clock was watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Deadline {
    closes_at: DateTime<Utc>,
}

impl Deadline {
    /// The deadline of a ballot that opens now, so many days on, at 17:00 UTC.
    #[must_use]
    pub fn after(opened_at: DateTime<Utc>, days: i64) -> Self {
        Self::on((opened_at + Duration::days(days)).date_naive())
    }

    /// The deadline on that day, at 17:00 UTC.
    #[must_use]
    pub fn on(day: NaiveDate) -> Self {
        let hour = NaiveTime::from_hms_opt(CLOSING_HOUR, 0, 0).unwrap_or_default();
        Self { closes_at: day.and_time(hour).and_utc() }
    }

    /// The deadline that was kept.
    #[must_use]
    pub const fn at(closes_at: DateTime<Utc>) -> Self {
        Self { closes_at }
    }

    /// Its first date.
    #[must_use]
    pub const fn closes_at(self) -> DateTime<Utc> {
        self.closes_at
    }

    /// The end of the extension, after which nobody takes a position.
    #[must_use]
    pub fn ends_at(self) -> DateTime<Utc> {
        self.closes_at + Duration::days(EXTENSION_DAYS)
    }

    /// Whether the first date has passed: it is overdue, and in its extension or beyond.
    #[must_use]
    pub fn is_overdue(self, now: DateTime<Utc>) -> bool {
        now >= self.closes_at
    }

    /// Whether nobody takes a position any more.
    #[must_use]
    pub fn is_over(self, now: DateTime<Utc>) -> bool {
        now >= self.ends_at()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ballot_closes_at_five_on_its_day_and_is_extended_once() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let deadline = Deadline::after(at("2026-11-06T23:58:00Z"), 14);
        assert_eq!(deadline.closes_at(), at("2026-11-20T17:00:00Z"));
        assert!(!deadline.is_overdue(at("2026-11-20T16:59:59Z")) && deadline.is_overdue(at("2026-11-20T17:00:00Z")));
        assert!(!deadline.is_over(at("2026-11-27T16:59:59Z")) && deadline.is_over(at("2026-11-27T17:00:00Z")));
    }
}
