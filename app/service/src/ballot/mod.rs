//! Ballots: opening them by route, taking positions, deciding, and what waits for whom.

mod docket;
mod open;
mod settle;
mod settle_due;
mod state;
mod take_position;

pub use docket::{Docket, DocketEntry, Urgency, docket};
pub use settle_due::settle_due;
pub use state::{BoardBallot, SeatPosition, TakenPosition};
pub use take_position::{PositionInput, Recorded, take_position};

pub(crate) use open::open;
pub(crate) use settle::{decline_if_overtaken, settle};
pub(crate) use settle_due::look_at;
pub(crate) use state::{Asked, load, load_all, of_case};
pub(crate) use take_position::record;
