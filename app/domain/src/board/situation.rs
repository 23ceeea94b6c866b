//! How things stand, as far as a change of a board is about them.

use chrono::{DateTime, NaiveDate, Utc};

use super::{BoardKey, Seat, SeatId};
use crate::{
    Violation,
    account::{PersonId, PersonName},
    case::{CaseRef, Route},
};

/// How things stand, as far as a change is about them: whoever proposes it sees one, and whoever confirms it another.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The present.
    pub now: DateTime<Utc>,
    /// The boards there are.
    pub boards: Vec<BoardKey>,
    /// The rules as they are.
    pub routes: Vec<Route>,
    /// The terms on the board that are not over.
    pub terms: Vec<Term>,
    /// Whom it is about, if there is such a person.
    pub person: Option<Candidate>,
    /// The case that somebody is to be seated for, if it is open.
    pub case: Option<AskedCase>,
}

/// A term of somebody on a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Which.
    pub id: SeatId,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// From when to when, and as what.
    pub seat: Seat,
}

/// Somebody who is to have a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: PersonName,
    /// Whether they may not sign in.
    pub is_disabled: bool,
    /// Whether they act for a partner, and so hold no other role.
    pub is_partner_user: bool,
    /// Whether they are anything today, and so can open a case.
    pub has_role: bool,
}

/// A case before the board with the final word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedCase {
    /// How it is called.
    pub reference: CaseRef,
    /// Who has a seat on the board in this case, and whether they may take part.
    pub seats: Vec<(PersonId, bool)>,
    /// Who brought it before the boards, and does not decide on it.
    pub proposer: Option<PersonId>,
}

impl Situation {
    /// The first day on which what is confirmed now can begin: who sat on a board today sat on it, whatever is confirmed since.
    #[must_use]
    pub fn tomorrow(&self) -> NaiveDate {
        let today = self.now.date_naive();
        today.succ_opt().unwrap_or(today)
    }
}

impl Candidate {
    /// What is said where there is nobody.
    #[must_use]
    pub const fn unknown() -> Violation {
        Violation::new("person", "unknown", "Nobody has that email address: add them to the people first")
    }
}

impl Term {
    /// Whether it has a day in common with a term of these days.
    #[must_use]
    pub fn overlaps(&self, from: NaiveDate, until: Option<NaiveDate>) -> bool {
        until.is_none_or(|until| self.seat.from <= until) && self.seat.until.is_none_or(|end| from <= end)
    }
}

impl AskedCase {
    /// What is said where the board is not asked.
    #[must_use]
    pub fn unknown(board: &BoardKey) -> Violation {
        Violation::with_message("case", "unknown", format!("Name an open case that is before {}", board.monogram()))
    }

    /// How many of those who have a seat may take part.
    #[must_use]
    pub fn eligible(&self) -> usize {
        self.seats.iter().filter(|(_, may_vote)| *may_vote).count()
    }
}
