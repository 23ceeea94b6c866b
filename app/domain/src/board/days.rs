//! A run of days, both ends included.

use chrono::NaiveDate;

use crate::{
    Violation,
    time::{parse_date, show_date},
};

/// Days from the start of one date to the end of another, at 24:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
}

impl Days {
    /// Reads two date fields, each given by its name and what was typed. At most `most` days, the last not over yet.
    pub fn parse(
        (from_field, from): (&'static str, &str),
        (until_field, until): (&'static str, &str),
        most: i64,
        today: NaiveDate,
    ) -> Result<Self, Vec<Violation>> {
        let missing = |field, what| Violation::new(field, "missing", what);
        let from = parse_date(from_field, from)
            .and_then(|day| day.ok_or_else(|| missing(from_field, "Enter the first day, such as 2027-05-03")));
        let until = parse_date(until_field, until)
            .and_then(|day| day.ok_or_else(|| missing(until_field, "Enter the last day, such as 2027-05-31")));
        let days = match (from, until) {
            (Ok(from), Ok(until)) => Self { from, until },
            (from, until) => return Err(from.err().into_iter().chain(until.err()).collect()),
        };
        if days.until < days.from {
            Err(vec![Violation::new(until_field, "backwards", "Choose a last day that is not before the first")])
        } else if days.until < today {
            Err(vec![Violation::new(until_field, "over", "Choose a last day that is not over yet")])
        } else if days.len() > most {
            Err(vec![Violation::with_message(until_field, "too_long", format!("Choose at most {most} days"))])
        } else {
            Ok(days)
        }
    }

    /// How many they are.
    fn len(self) -> i64 {
        (self.until - self.from).num_days() + 1
    }

    /// Whether that day is one of them.
    #[must_use]
    pub fn covers(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether any day is in both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from <= other.until && other.from <= self.until
    }

    /// Each of them.
    pub fn each(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.until)
    }
}

impl std::fmt::Display for Days {
    /// `Mon 2 Nov 2026 to Fri 6 Nov 2026`, or the one day.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.from == self.until {
            f.write_str(&show_date(self.from))
        } else {
            write!(f, "{} to {}", show_date(self.from), show_date(self.until))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(from: &str, until: &str) -> Result<Days, Vec<Violation>> {
        Days::parse(("from", from), ("until", until), 180, "2026-11-18".parse().unwrap())
    }

    #[test]
    fn days_are_read_with_everything_that_is_wrong_at_once() {
        let days = parse("2026-11-18", "2027-05-16").unwrap();
        assert_eq!((days.each().count(), days.to_string()), (180, "Wed 18 Nov 2026 to Sun 16 May 2027".to_owned()));
        assert_eq!(parse("2026-11-18", "2026-11-18").unwrap().to_string(), "Wed 18 Nov 2026");
        for (from, until, wrong) in [
            ("", "", vec![("from", "missing"), ("until", "missing")]),
            ("soon", "", vec![("from", "malformed"), ("until", "missing")]),
            ("2026-11-20", "2026-11-19", vec![("until", "backwards")]),
            ("2026-11-16", "2026-11-17", vec![("until", "over")]),
            ("2026-11-18", "2027-05-17", vec![("until", "too_long")]),
        ] {
            let found = parse(from, until).unwrap_err();
            let found: Vec<_> = found.iter().map(|violation| (&*violation.field, &*violation.code)).collect();
            assert_eq!(found, wrong, "{from} {until}");
        }
    }

    #[test]
    fn both_ends_are_among_the_days() {
        let days = |from: &str, until: &str| Days { from: from.parse().unwrap(), until: until.parse().unwrap() };
        let week = days("2026-11-16", "2026-11-20");
        assert!(week.covers(week.from) && week.covers(week.until) && !week.covers("2026-11-21".parse().unwrap()));
        assert!(week.overlaps(days("2026-11-20", "2026-11-30")) && !week.overlaps(days("2026-11-21", "2026-11-30")));
    }
}
