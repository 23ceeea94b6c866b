//! Reopening what was decided: two members of the boards that decided, with new facts.

use chrono::{DateTime, Duration, Utc};

use crate::account::PersonId;

/// Within how many days a second member confirms, to the minute.
pub const CONFIRMATION_DAYS: i64 = 14;

/// The first instant at which nobody confirms any more what was proposed then.
#[must_use]
pub fn lapses_at(proposed_at: DateTime<Utc>) -> DateTime<Utc> {
    proposed_at + Duration::days(CONFIRMATION_DAYS)
}

/// What somebody can do about a decided case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reopens {
    /// Propose to reopen it.
    Proposes,
    /// Confirm what somebody else proposed.
    Confirms,
    /// Wait for somebody else to confirm what they proposed themselves.
    Waits,
}

impl Reopens {
    /// What a member of a board that decided can do, with who proposed it and until when that holds, if somebody did.
    #[must_use]
    pub fn of(person: PersonId, proposed: Option<(PersonId, DateTime<Utc>)>, now: DateTime<Utc>) -> Self {
        match proposed.filter(|(_, lapses_at)| now < *lapses_at) {
            None => Self::Proposes,
            Some((by, _)) if by == person => Self::Waits,
            Some(_) => Self::Confirms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_takes_two_and_the_second_in_time() {
        let person = |n: u8| format!("01930000-0000-7000-8000-0000000000{n:02}").parse::<PersonId>().unwrap();
        let at: DateTime<Utc> = "2026-11-18T09:42:00Z".parse().unwrap();
        let proposed = Some((person(1), lapses_at(at)));
        assert_eq!(Reopens::of(person(1), None, at), Reopens::Proposes);
        assert_eq!(Reopens::of(person(1), proposed, at), Reopens::Waits);
        assert_eq!(Reopens::of(person(2), proposed, at + Duration::days(14) - Duration::seconds(1)), Reopens::Confirms);
        for n in [1, 2] {
            assert_eq!(Reopens::of(person(n), proposed, at + Duration::days(14)), Reopens::Proposes, "it has lapsed");
        }
    }
}
