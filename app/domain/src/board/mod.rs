//! The boards that govern integrations (`PartnerIntegrationSpec` §11): who sits on them, who is away and who acts for them,
//! what members are to partners, and whether a board can still say enough by a date.

mod conflict;
mod days;
mod delegation;
mod forecast;
mod key;
mod leave;
mod seat;

pub use conflict::{ConflictId, ConflictNote, DECLARATION_DAYS, Declared, Relation, Weight, weighs_since, weight};
pub use days::Days;
pub use delegation::{Delegation, DelegationId, Kinds, MOST_DELEGATED_DAYS, Party, may_deputise, parse_delegated};
pub use forecast::{Expected, Forecast, forecast};
pub use key::BoardKey;
pub use leave::{LeaveId, parse_leave};
pub use seat::Seat;
