//! The day on which the boards look at what they decided again.

use chrono::{Days, NaiveDate};

use crate::{Violation, time::parse_date};

/// The latest such day, in days from the one on which it is set.
const FAR_DAYS: u64 = 730;

/// Reads the day; nothing is none.
pub fn parse_revisit(day: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Violation> {
    let Some(day) = parse_date("day", day)? else { return Ok(None) };
    if day <= today {
        return Err(Violation::new("day", "past", "Choose a day after today"));
    }
    if today.checked_add_days(Days::new(FAR_DAYS)).is_none_or(|last| day > last) {
        return Err(Violation::new("day", "too_far", "Choose a day within two years"));
    }
    Ok(Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_to_come_within_two_years_is_taken() {
        let today: NaiveDate = "2026-11-18".parse().unwrap();
        let read = |day: &str| parse_revisit(day, today).map_err(|violation| violation.code);
        assert_eq!(read(" "), Ok(None));
        assert_eq!(read("2026-11-19"), Ok(Some("2026-11-19".parse().unwrap())));
        assert_eq!(read("2028-11-17"), Ok(Some("2028-11-17".parse().unwrap())));
        for day in ["2026-11-18", "2025-01-01", "2028-11-18", "tomorrow"] {
            assert!(read(day).is_err(), "{day}");
        }
    }
}
