//! What is typed about a meeting.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::{
    Violation,
    text::{line, prose, text},
    time::parse_date,
};

/// How many days ago a meeting may have been that is entered only now: nobody plans all of them in time.
pub const LATE_DAYS: u64 = 7;

/// The latest day on which one is planned, in days from today.
const FAR_DAYS: u64 = 366;

text! {
    /// Where a meeting is held, or a link to it: a line of up to 200 characters.
    MeetingPlace
}

impl MeetingPlace {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        line("place", "Say where it is held, or give a link", 200, text).map(Self)
    }
}

text! {
    /// What the minutes say of an item, in prose of up to 4,000 characters.
    MinutesNote
}

impl MinutesNote {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("note", "Write a note", 4000, text).map(Self)
    }

    /// The same; nothing is no note.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Violation> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }
}

/// Reads when a meeting begins, from a date and a time of day in UTC.
pub fn parse_start(date: &str, time: &str, today: NaiveDate) -> Result<DateTime<Utc>, Vec<Violation>> {
    let missing = |field, what| Violation::new(field, "missing", what);
    let date = parse_date("date", date)
        .and_then(|day| day.ok_or_else(|| missing("date", "Enter the day, such as 2026-12-03")))
        .and_then(|day| {
            let first = today.checked_sub_days(Days::new(LATE_DAYS)).unwrap_or(today);
            let last = today.checked_add_days(Days::new(FAR_DAYS)).unwrap_or(today);
            if day < first {
                let what = format!("Choose a day that is not more than {LATE_DAYS} days ago");
                Err(Violation::with_message("date", "over", what))
            } else if day > last {
                Err(Violation::new("date", "too_far", "Choose a day within a year"))
            } else {
                Ok(day)
            }
        });
    let typed = time.trim();
    let time = if typed.is_empty() {
        Err(missing("time", "Enter the time in UTC, such as 14:00"))
    } else {
        let is_plain = typed.len() == 5 && typed.bytes().all(|b| b.is_ascii_digit() || b == b':');
        let time = NaiveTime::parse_from_str(typed, "%H:%M").ok().filter(|_| is_plain);
        time.ok_or_else(|| Violation::new("time", "malformed", "Enter the time in UTC, such as 14:00"))
    };
    match (date, time) {
        (Ok(date), Ok(time)) => Ok(date.and_time(time).and_utc()),
        (date, time) => Err(date.err().into_iter().chain(time.err()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_read_with_everything_that_is_wrong_at_once() {
        let today: NaiveDate = "2026-11-18".parse().unwrap();
        let start = parse_start(" 2026-12-03", "14:00 ", today).unwrap();
        assert_eq!(start.to_string(), "2026-12-03 14:00:00 UTC");
        assert!(parse_start("2026-11-11", "00:00", today).is_ok(), "entered late");
        for (date, time, wrong) in [
            ("", "", vec![("date", "missing"), ("time", "missing")]),
            ("soon", "9:00", vec![("date", "malformed"), ("time", "malformed")]),
            ("2026-11-10", "24:00", vec![("date", "over"), ("time", "malformed")]),
            ("2027-11-20", "14:00", vec![("date", "too_far")]),
        ] {
            let found = parse_start(date, time, today).unwrap_err();
            let found: Vec<_> = found.iter().map(|violation| (&*violation.field, &*violation.code)).collect();
            assert_eq!(found, wrong, "{date} {time}");
        }
    }

    #[test]
    fn places_are_a_line_and_notes_are_prose() {
        assert_eq!(MeetingPlace::parse(" Room  4 ").unwrap().as_str(), "Room 4");
        assert_eq!(MeetingPlace::parse("").unwrap_err().field, "place");
        assert_eq!(MinutesNote::parse_optional(" \n "), Ok(None));
        assert_eq!(MinutesNote::parse_optional("one\n\ntwo").unwrap().unwrap().as_str(), "one\n\ntwo");
    }
}
