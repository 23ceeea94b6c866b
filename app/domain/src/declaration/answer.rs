//! What a partner answers about a permission.

use crate::{
    Violation,
    text::{prose, text},
};

text! {
    /// An answer in prose of up to 2,000 characters.
    Answer
}

impl Answer {
    /// The longest answer, in characters.
    pub const LONGEST: usize = 2000;

    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("answer", "Answer this", Self::LONGEST, text).map(Self)
    }

    /// Reads what was typed into `field`; an empty one is an answer that is still to come.
    pub fn parse_draft(field: &'static str, text: &str) -> Result<Option<Self>, Violation> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        Self::parse(text).map(Some).map_err(|violation| Violation { field: field.into(), ..violation })
    }
}

/// How long a partner keeps the data, in hours after the workflow is complete. Zero: it is deleted with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Retention(u32);

impl Retention {
    /// So many hours.
    #[must_use]
    pub const fn hours(hours: u32) -> Self {
        Self(hours)
    }

    /// In hours.
    #[must_use]
    pub const fn in_hours(self) -> u32 {
        self.0
    }

    /// Reads what was typed; nothing is an answer that is still to come.
    pub fn parse_draft(text: &str) -> Result<Option<Self>, Violation> {
        match text.trim() {
            "" => Ok(None),
            hours => hours
                .parse()
                .map(|hours| Some(Self(hours)))
                .map_err(|_| Violation::new("retention", "malformed", "Enter whole hours, such as 24")),
        }
    }
}

impl std::fmt::Display for Retention {
    /// `deleted when the workflow ends`, `24 hours`, `3 days`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            0 => f.write_str("deleted when the workflow ends"),
            1 => f.write_str("1 hour"),
            hours if hours > 48 && hours % 24 == 0 => write!(f, "{} days", hours / 24),
            hours => write!(f, "{hours} hours"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_answer_is_still_to_come_and_a_hiding_one_is_refused() {
        assert_eq!(Answer::parse_draft("purpose", " \n "), Ok(None));
        assert_eq!(Answer::parse_draft("purpose", "To\u{202E}").unwrap_err().field, "purpose");
        assert_eq!(Answer::parse_draft("purpose", &"x".repeat(10_000)).unwrap_err().code, "too_long");
    }

    #[test]
    fn retention_is_read_in_whole_hours_and_said_in_words() {
        let said = |text: &str| Retention::parse_draft(text).unwrap().unwrap().to_string();
        assert_eq!(
            (said("0"), said("1"), said(" 24 ")),
            ("deleted when the workflow ends".into(), "1 hour".into(), "24 hours".into())
        );
        assert_eq!(said("720"), "30 days");
        for text in ["-1", "1.5", "a day", "99999999999"] {
            assert!(Retention::parse_draft(text).is_err(), "{text}");
        }
    }
}
