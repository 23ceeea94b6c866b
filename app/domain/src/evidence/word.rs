//! What a partner says about a piece of evidence.

use chrono::NaiveDate;

use crate::{
    Violation,
    text::{prose, text},
    time::{parse_date, show_date},
};

/// The longest note, in characters.
const LONGEST: usize = 500;

text! {
    /// What a piece of evidence shows, in prose of up to 500 characters.
    EvidenceNote
}

impl EvidenceNote {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("note", "Say what it shows", LONGEST, text).map(Self)
    }

    /// Reads what was typed into `field`.
    pub fn parse_in(field: &'static str, text: &str) -> Result<Self, Violation> {
        Self::parse(text).map_err(|violation| Violation { field: field.into(), ..violation })
    }

    /// Reads what was typed into `field`, where nothing need be.
    pub fn parse_optional(field: &'static str, text: &str) -> Result<Option<Self>, Violation> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse_in(field, text).map(Some) }
    }
}

/// Reads the date that evidence bears, typed into `field`: the day on which it was made, and not one that is still to come.
pub fn parse_dated_on(field: &'static str, text: &str, today: NaiveDate) -> Result<NaiveDate, Violation> {
    match parse_date(field, text)? {
        None => Err(Violation::new(field, "missing", "Enter the date of the evidence: the day on which it was made")),
        Some(date) if date > today => {
            let message = format!("Evidence cannot be of a day that is still to come; today is {}", show_date(today));
            Err(Violation::with_message(field, "future", message))
        }
        Some(date) => Ok(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_of_today_or_before() {
        let today: NaiveDate = "2026-11-18".parse().unwrap();
        assert_eq!(parse_dated_on("dated_on", " 2026-11-18 ", today), Ok(today));
        assert_eq!(parse_dated_on("dated_on", "2024-02-29", today), Ok("2024-02-29".parse().unwrap()));
        for (text, code) in
            [("", "missing"), ("2026-11-19", "future"), ("soon", "malformed"), ("2023-02-29", "malformed")]
        {
            let violation = parse_dated_on("link_dated_on", text, today).unwrap_err();
            assert_eq!((&*violation.code, &*violation.field), (code, "link_dated_on"), "{text}");
        }
    }

    #[test]
    fn a_note_may_be_missing_where_nothing_need_be_said() {
        assert_eq!(EvidenceNote::parse_optional("note", " \n"), Ok(None));
        assert_eq!(EvidenceNote::parse_in("link_note", " ").unwrap_err().field, "link_note");
        assert_eq!(EvidenceNote::parse_optional("note", &"x".repeat(501)).unwrap_err().code, "too_long");
    }
}
