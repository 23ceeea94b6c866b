//! Ballots: opening them by route, taking positions, deciding, and what waits for whom.

mod approve_selected;
mod docket;
mod look_inside;
mod open;
mod routine;
mod selection;
mod settle;
mod settle_due;
mod state;
mod take_position;

pub use approve_selected::{Approval, Approved, approve_selected};
pub use docket::{Docket, DocketEntry, DocketSearch, docket};
pub use kwanus_store::ballot::Waits;
pub use look_inside::{Inside, InsideDeclaration, InsidePermission, look_inside};
pub use selection::{SelectedCase, Selection, list_selected};
pub use settle_due::settle_due;
pub use state::{BoardBallot, SeatPosition, TakenPosition};
pub use take_position::{PositionInput, Recorded, take_position};

pub(crate) use docket::member;
pub(crate) use open::open;
pub(crate) use settle::{decline_if_overtaken, settle};
pub(crate) use settle_due::look_at;
pub(crate) use state::{Asked, load, load_all, of_case};
pub(crate) use take_position::record;
