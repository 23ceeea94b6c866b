//! When a member is away.

use chrono::NaiveDate;

use super::Days;
use crate::Violation;

crate::id::id! {
    /// A leave that somebody takes.
    LeaveId
}

/// How long a leave is at most, in days.
const MOST_DAYS: i64 = 366;

/// Reads the days of a leave as typed, beside the leaves that somebody takes already. It may have begun: nobody is well on time.
pub fn parse_leave(from: &str, until: &str, taken: &[Days], today: NaiveDate) -> Result<Days, Vec<Violation>> {
    let days = Days::parse(("leave_from", from), ("leave_until", until), MOST_DAYS, today)?;
    match taken.iter().find(|other| other.overlaps(days)) {
        Some(other) => {
            let message = format!("You are away {other} already. Choose other days, or end that leave first");
            Err(vec![Violation::with_message("leave_from", "overlaps", message)])
        }
        None => Ok(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_away_once_on_a_day() {
        let today = "2026-11-18".parse().unwrap();
        let days = parse_leave("2026-11-10", "2026-11-23", &[], today).unwrap();
        let again = |from, until| parse_leave(from, until, &[days], today);
        assert!(again("2026-11-24", "2027-11-24").is_ok());
        let wrong = again("2026-11-23", "2026-12-01").unwrap_err().remove(0);
        assert_eq!((&*wrong.field, &*wrong.code), ("leave_from", "overlaps"));
        assert!(wrong.message.contains("Tue 10 Nov 2026 to Mon 23 Nov 2026"), "{}", wrong.message);
        assert_eq!(again("2026-11-24", "2027-11-25").unwrap_err()[0].code, "too_long");
    }
}
