//! One change of a board: of who sits on it, or of how it decides.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BoardKey, SeatId};
use crate::{
    account::PersonId,
    ballot::{Part, Rule},
    case::{CaseId, Route, RouteKey},
};

/// A change that is proposed, and applied as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// A board decides otherwise on what a route sends to it. Ballots that are open keep the rule that they opened with.
    Rule {
        /// What sends a case.
        route: RouteKey,
        /// To which board.
        board: BoardKey,
        /// What the board is to it.
        part: Part,
        /// By what rule it decides.
        rule: Rule,
    },
    /// Somebody sits on a board for a term.
    Appoint {
        /// Who.
        person: PersonId,
        /// On which board.
        board: BoardKey,
        /// The first day of the term.
        from: NaiveDate,
        /// The last day of the term, if it has one.
        until: Option<NaiveDate>,
        /// Whether they chair the board, and whoever did until then no longer does.
        is_chair: bool,
    },
    /// A term ends sooner than it would.
    EndTerm {
        /// Which.
        seat: SeatId,
        /// On which board.
        board: BoardKey,
        /// Its last day from now on.
        until: NaiveDate,
    },
    /// Somebody sits on the board with the final word for one case, of which too few of its members may take part.
    AdHoc {
        /// Which case.
        case: CaseId,
        /// The board.
        board: BoardKey,
        /// Who.
        person: PersonId,
    },
}

impl Change {
    /// The board that it is of.
    #[must_use]
    pub const fn board(&self) -> &BoardKey {
        match self {
            Self::Rule { board, .. }
            | Self::Appoint { board, .. }
            | Self::EndTerm { board, .. }
            | Self::AdHoc { board, .. } => board,
        }
    }

    /// Who would get a vote by it, and so does not approve it.
    #[must_use]
    pub const fn appointee(&self) -> Option<PersonId> {
        match self {
            Self::Appoint { person, .. } | Self::AdHoc { person, .. } => Some(*person),
            Self::Rule { .. } | Self::EndTerm { .. } => None,
        }
    }

    /// Whether the rule that it changes is another in one table than in the other: what was proposed on seeing the one would
    /// undo what its author did not know of.
    #[must_use]
    pub fn is_stale(&self, seen: &[Route], now: &[Route]) -> bool {
        match self {
            Self::Rule { route, board, .. } => Route::find(seen, *route, board) != Route::find(now, *route, board),
            Self::Appoint { .. } | Self::EndTerm { .. } | Self::AdHoc { .. } => false,
        }
    }
}
