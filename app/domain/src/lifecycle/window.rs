//! How long a deprecation lasts at least before support may end.

use chrono::{DateTime, Months, NaiveTime, Utc};

use crate::Violation;

/// The shortest window, in months (`PartnerDeprecationSpec`).
pub const SHORTEST_WINDOW: u32 = 6;
/// The window that is recommended, in months (`PartnerDeprecationSpec`).
pub const RECOMMENDED_WINDOW: u32 = 12;
/// The longest window that anybody plans for, in months.
pub const LONGEST_WINDOW: u32 = 36;

/// A window in months, counted from the decision: never silent, never retroactive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window(u32);

impl Window {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let months = text.trim().parse::<u32>().ok();
        months.and_then(|months| Self::months(months).ok()).ok_or_else(|| {
            let message = format!("Enter {SHORTEST_WINDOW} to {LONGEST_WINDOW} months");
            Violation::with_message("window", "malformed", message)
        })
    }

    /// So many months.
    pub fn months(months: u32) -> Result<Self, String> {
        let is_sound = (SHORTEST_WINDOW..=LONGEST_WINDOW).contains(&months);
        is_sound.then_some(Self(months)).ok_or_else(|| format!("a window of {months} months is none"))
    }

    /// In months.
    #[must_use]
    pub const fn in_months(self) -> u32 {
        self.0
    }

    /// The first instant at which support may end, when the deprecation is decided then: the day after the window's last.
    #[must_use]
    pub fn ends_at(self, decided_at: DateTime<Utc>) -> DateTime<Utc> {
        let last = decided_at.date_naive().checked_add_months(Months::new(self.0));
        last.and_then(|last| last.succ_opt())
            .map_or(DateTime::<Utc>::MAX_UTC, |day| day.and_time(NaiveTime::MIN).and_utc())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_window_is_read_in_months_and_counted_in_whole_days() {
        let at: DateTime<Utc> = "2026-08-31T16:00:00Z".parse().unwrap();
        assert_eq!(Window::parse(" 6 ").unwrap().ends_at(at).to_rfc3339(), "2027-03-01T00:00:00+00:00");
        for text in ["", "5", "37", "a year", "-6"] {
            assert_eq!(Window::parse(text).unwrap_err().field, "window", "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_window_is_shorter_than_the_shortest(months in 0u32..60, day in 0i64..2000) {
            let decided: DateTime<Utc> = DateTime::from_timestamp(1_767_225_600 + day * 86_400, 0).unwrap();
            if let Ok(window) = Window::months(months) {
                let shortest = decided.date_naive().checked_add_months(Months::new(SHORTEST_WINDOW)).unwrap();
                prop_assert!(window.ends_at(decided).date_naive() > shortest);
            }
        }
    }
}
