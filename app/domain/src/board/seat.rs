//! A person's seat on a board.

use chrono::{DateTime, NaiveDate, Utc};

use super::BoardKey;

/// A term on a board: from the start of one date to the end of another, in UTC, or open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The board.
    pub board: BoardKey,
    /// The first day of the term.
    pub from: NaiveDate,
    /// The last day of the term, which ends at 24:00 UTC.
    pub until: Option<NaiveDate>,
    /// Whether the member chairs the board.
    pub is_chair: bool,
}

impl Seat {
    /// Whether the term covers `now`.
    pub fn is_in_term(&self, now: DateTime<Utc>) -> bool {
        self.covers(now.date_naive())
    }

    /// Whether the term covers that day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}
