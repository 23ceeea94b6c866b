//! Time is UTC everywhere: kept, computed and shown. A date ends at 24:00 UTC.

use chrono::{DateTime, Datelike, NaiveDate, SubsecRound, Utc};

use crate::Violation;

/// The instant cut to microseconds: Postgres keeps no more, and both databases must agree.
#[must_use]
pub fn to_microseconds(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// Reads `2026-11-18`, as a date field sends it, of the years 2000 to 2999; an empty text is no date yet. Other years mean
/// nothing here, and not every database keeps them.
pub fn parse_date(field: &'static str, text: &str) -> Result<Option<NaiveDate>, Violation> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = text.parse::<NaiveDate>().ok().filter(|date| is_plain && (2000..3000).contains(&date.year()));
    date.map(Some).ok_or_else(|| Violation::new(field, "malformed", "Enter a date, such as 2027-05-31"))
}

/// `Wed 18 Nov 2026`; the end of the calendar, by which an end is declared that never comes, is `No end`.
#[must_use]
pub fn show_date(date: NaiveDate) -> String {
    if date == NaiveDate::MAX {
        return "No end".to_owned();
    }
    format!("{} {} {} {}", date.format("%a"), date.day(), date.format("%b"), date.year())
}

/// `Wed 18 Nov 2026, 09:42 UTC`
#[must_use]
pub fn show_instant(at: DateTime<Utc>) -> String {
    format!("{}, {} UTC", show_date(at.date_naive()), at.format("%H:%M"))
}

/// `just now`, `4 minutes ago`, `2 hours ago`, `3 days ago`: to stand beside an instant, never alone.
#[must_use]
pub fn show_ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = (now - at).num_minutes();
    let (count, unit) = match minutes {
        ..1 => return "just now".to_owned(),
        1..60 => (minutes, "minute"),
        60..1440 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
}

/// `today`, `tomorrow`, `in 12 days`, `12 days ago`: to stand beside a date, never alone.
#[must_use]
pub fn show_days_off(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {days} days"),
        _ => format!("{} days ago", -days),
    }
}

/// `1 second`, `40 seconds`, `3 minutes`: a wait, rounded up so that nobody comes back too early.
#[must_use]
pub fn show_wait(wait: chrono::Duration) -> String {
    let seconds = wait.num_milliseconds().max(1).unsigned_abs().div_ceil(1000);
    let (count, unit) = if seconds < 60 { (seconds, "second") } else { (seconds.div_ceil(60), "minute") };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// `12 s`, `4 min`, `2 h 10 min`, `3 days`: how long something took, with no more of it than matters.
#[must_use]
pub fn show_span(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
    match (days, hours, minutes, minutes % 60) {
        (0, 0, 0, _) => format!("{seconds} s"),
        (0, 0, minutes, _) => format!("{minutes} min"),
        (0, hours, _, 0) => format!("{hours} h"),
        (0, hours, _, rest) => format!("{hours} h {rest} min"),
        (1, ..) => "1 day".to_owned(),
        (days, ..) => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_instants_read_as_the_design_writes_them() {
        let at: DateTime<Utc> = "2026-11-02T09:42:59Z".parse().unwrap();
        assert_eq!(show_date(at.date_naive()), "Mon 2 Nov 2026");
        assert_eq!(show_instant(at), "Mon 2 Nov 2026, 09:42 UTC");
        assert_eq!(show_date(NaiveDate::MAX), "No end");
    }

    #[test]
    fn a_date_is_read_as_a_date_field_sends_it_and_no_other_way() {
        assert_eq!(parse_date("until", " 2027-05-31 "), Ok(NaiveDate::from_ymd_opt(2027, 5, 31)));
        assert_eq!(parse_date("until", ""), Ok(None));
        for text in
            ["soon", "31.5.2027", "2027-02-30", "-9999-01-01", "+262142-12-31", "1999-12-31", "3000-01-01", "2027-5-31"]
        {
            assert_eq!(parse_date("until", text).unwrap_err().field, "until", "{text}");
        }
    }

    #[test]
    fn days_are_told_by_how_far_off_they_are() {
        let said = [-2, -1, 0, 1, 2].map(show_days_off);
        assert_eq!(said, ["2 days ago", "yesterday", "today", "tomorrow", "in 2 days"]);
    }

    #[test]
    fn waits_are_rounded_up() {
        assert_eq!(show_wait(chrono::Duration::milliseconds(1200)), "2 seconds");
        assert_eq!(show_wait(chrono::Duration::milliseconds(0)), "1 second");
        assert_eq!(show_wait(chrono::Duration::seconds(61)), "2 minutes");
    }

    #[test]
    fn spans_say_no_more_than_matters() {
        let said = [0, 59, 60, 3599, 3600, 7859, 86399, 86400, 259_200].map(show_span);
        let expected = ["0 s", "59 s", "1 min", "59 min", "1 h", "2 h 10 min", "23 h 59 min", "1 day", "3 days"];
        assert_eq!(said, expected);
    }

    #[test]
    fn ages_count_whole_units() {
        let now: DateTime<Utc> = "2026-11-18T12:00:00Z".parse().unwrap();
        let ago = |minutes| show_ago(now - chrono::Duration::minutes(minutes), now);
        assert_eq!(
            (ago(0), ago(1), ago(119), ago(4320)),
            ("just now".into(), "1 minute ago".into(), "1 hour ago".into(), "3 days ago".into())
        );
    }
}
