//! The boards that govern integrations (`PartnerIntegrationSpec` §11), who sits on them, by what rules they decide, and how
//! two administrators change either.

mod change;
mod check;
mod input;
mod key;
mod seat;
mod situation;

pub use change::Change;
pub use check::{Checked, Effect};
pub use input::{RuleInput, TermInput, parse_end};
pub use key::BoardKey;
pub use seat::Seat;
pub use situation::{AskedCase, Candidate, Situation, Term};

crate::id::id! {
    /// A seat on a board, for a term.
    SeatId
}

crate::id::id! {
    /// A proposed change of a board.
    ProposalId
}
