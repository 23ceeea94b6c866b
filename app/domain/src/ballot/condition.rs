//! What must be met besides, named with an approval.

use chrono::NaiveDate;

use crate::{
    Violation,
    account::PersonId,
    text::{prose, text},
    time::{parse_date, show_date},
};

/// The longest condition, in characters.
const LONGEST: usize = 500;
/// How many conditions somebody names with one position, at most.
pub const MOST_NAMED: usize = 3;
/// How far off a condition may be due, in days.
const LONGEST_DAYS: i64 = 366;

text! {
    /// What the partner must do, in prose of up to 500 characters.
    ConditionText
}

impl ConditionText {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("conditions", "Say what the partner must do, and how it is shown to be done", LONGEST, text).map(Self)
    }
}

/// A condition as a member names it: it binds the decision that it is part of.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Condition {
    /// What the partner must do.
    pub text: ConditionText,
    /// The member who says whether it is met.
    pub owner: PersonId,
    /// The last day on which it can be met, which ends at 24:00 UTC.
    pub due_on: NaiveDate,
}

/// Reads the day by which a condition is to be met: not before today, and within a year.
pub fn parse_due(text: &str, today: NaiveDate) -> Result<NaiveDate, Violation> {
    let due = parse_date("due", text)?
        .ok_or_else(|| Violation::new("due", "missing", "Enter the day by which it is to be met"))?;
    let days = (due - today).num_days();
    match days {
        ..0 => Err(Violation::new("due", "in_the_past", "Enter a day that is not over yet")),
        0..=LONGEST_DAYS => Ok(due),
        _ => {
            let last = show_date(today + chrono::Duration::days(LONGEST_DAYS));
            Err(Violation::with_message("due", "too_far", format!("Enter a day within a year: {last} at the latest")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_due_within_a_year() {
        let today: NaiveDate = "2026-11-18".parse().unwrap();
        let code = |text| parse_due(text, today).map_err(|violation| violation.code.into_owned());
        assert_eq!(code("2026-11-18"), Ok(today));
        assert!(code("2027-11-19").is_ok());
        assert_eq!(code("2027-11-20"), Err("too_far".to_owned()));
        assert_eq!(code("2026-11-17"), Err("in_the_past".to_owned()));
        assert_eq!(code(""), Err("missing".to_owned()));
        assert_eq!(code("soon"), Err("malformed".to_owned()));
    }
}
