//! The boards that govern integrations (`PartnerIntegrationSpec` §11): who sits on them, who is away and who acts for them,
//! what members are to partners, whether a board can still say enough by a date, by what rules they decide, and how two
//! administrators change who sits and how.

mod change;
mod check;
mod conflict;
mod days;
mod delegation;
mod forecast;
mod input;
mod key;
mod leave;
mod seat;
mod situation;

pub use change::Change;
pub use check::{Checked, Effect};
pub use conflict::{ConflictId, ConflictNote, DECLARATION_DAYS, Declared, Relation, Weight, weighs_since, weight};
pub use days::Days;
pub use delegation::{Delegation, DelegationId, Kinds, MOST_DELEGATED_DAYS, Party, may_deputise, parse_delegated};
pub use forecast::{Expected, Forecast, forecast};
pub use input::{RuleInput, TermInput, parse_end};
pub use key::BoardKey;
pub use leave::{LeaveId, parse_leave};
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
