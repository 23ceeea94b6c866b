//! When a ballot closes.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// By how many days a ballot is extended, once.
pub const EXTENSION_DAYS: i64 = 7;
/// The hour at which ballots close, in UTC.
const CLOSING_HOUR: u32 = 17;

/// When a ballot closes: at its date, extended once by seven days, after which it stands as declined. The extension needs
/// nobody to grant it, so that it is there whether or not a clock was watched. What must be ratified in time has no extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Deadline {
    closes_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// As it stands in records: the first date alone where the extension is the usual one.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    Extended(DateTime<Utc>),
    Both { closes_at: DateTime<Utc>, ends_at: DateTime<Utc> },
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
        Self::extended(day.and_time(hour).and_utc())
    }

    /// The deadline of what must be done within so many days to the minute, and is not extended.
    #[must_use]
    pub fn within(opened_at: DateTime<Utc>, days: i64) -> Self {
        let ends_at = opened_at + Duration::days(days);
        Self { closes_at: ends_at, ends_at }
    }

    /// The deadline that was kept.
    #[must_use]
    pub fn at(closes_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> Self {
        Self { closes_at, ends_at: ends_at.max(closes_at) }
    }

    fn extended(closes_at: DateTime<Utc>) -> Self {
        Self { closes_at, ends_at: closes_at + Duration::days(EXTENSION_DAYS) }
    }

    /// Its first date.
    #[must_use]
    pub const fn closes_at(self) -> DateTime<Utc> {
        self.closes_at
    }

    /// The end of the extension, after which nobody takes a position.
    #[must_use]
    pub const fn ends_at(self) -> DateTime<Utc> {
        self.ends_at
    }

    /// Whether the first date has passed: it is overdue, and in its extension or beyond.
    #[must_use]
    pub fn is_overdue(self, now: DateTime<Utc>) -> bool {
        now >= self.closes_at
    }

    /// Whether nobody takes a position any more.
    #[must_use]
    pub fn is_over(self, now: DateTime<Utc>) -> bool {
        now >= self.ends_at
    }
}

impl From<Kept> for Deadline {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Extended(closes_at) => Self::extended(closes_at),
            Kept::Both { closes_at, ends_at } => Self::at(closes_at, ends_at),
        }
    }
}

impl From<Deadline> for Kept {
    fn from(Deadline { closes_at, ends_at }: Deadline) -> Self {
        if Deadline::extended(closes_at).ends_at == ends_at {
            Self::Extended(closes_at)
        } else {
            Self::Both { closes_at, ends_at }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_ballot_closes_at_five_on_its_day_and_is_extended_once() {
        let deadline = Deadline::after(at("2026-11-06T23:58:00Z"), 14);
        assert_eq!(deadline.closes_at(), at("2026-11-20T17:00:00Z"));
        assert!(!deadline.is_overdue(at("2026-11-20T16:59:59Z")) && deadline.is_overdue(at("2026-11-20T17:00:00Z")));
        assert!(!deadline.is_over(at("2026-11-27T16:59:59Z")) && deadline.is_over(at("2026-11-27T17:00:00Z")));
    }

    #[test]
    fn what_must_be_ratified_in_time_is_not_extended() {
        let deadline = Deadline::within(at("2026-11-06T23:58:00Z"), 7);
        assert!(!deadline.is_overdue(at("2026-11-13T23:57:59Z")));
        assert!(deadline.is_overdue(at("2026-11-13T23:58:00Z")) && deadline.is_over(at("2026-11-13T23:58:00Z")));
    }

    #[test]
    fn a_deadline_reads_back_as_it_was_kept_and_as_it_was_kept_before() {
        let usual = Deadline::on(NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
        assert_eq!(serde_json::to_value(usual).unwrap(), serde_json::json!("2026-11-20T17:00:00Z"));
        for deadline in [usual, Deadline::within(at("2026-11-06T23:58:00Z"), 7)] {
            let kept = serde_json::to_value(deadline).unwrap();
            assert_eq!(serde_json::from_value::<Deadline>(kept).unwrap(), deadline);
        }
    }
}
