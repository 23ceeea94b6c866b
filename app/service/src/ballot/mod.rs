//! Ballots: opening them by route, taking positions, deciding, and what waits for whom.

mod close;
mod concern;
mod docket;
mod open;
mod position;
mod settle;
mod settle_due;
mod state;
mod take_position;

pub use close::close;
pub use concern::{Remarked, Thread, ThreadEntry, overrule, reply, reply_as_partner, resolve};
pub use docket::{Docket, DocketEntry, Urgency, docket};
pub use position::{ConcernInput, ConditionInput, PositionInput};
pub use settle_due::settle_due;
pub use state::{BoardBallot, Concern, SeatPosition, TakenPosition, is_served};
pub use take_position::{Recorded, take_position};

pub(crate) use concern::threads;
pub(crate) use open::open;
pub(crate) use position::Position;
pub(crate) use settle::{decline_if_overtaken, settle};
pub(crate) use settle_due::look_at;
pub(crate) use state::{Asked, counts, is_recused, load, load_all, of_case};
pub(crate) use take_position::record;

#[cfg(test)]
mod tests;
