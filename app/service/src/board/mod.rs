//! The boards: who sits on them, what members are to partners, who is away and who acts for them, and whether a board reaches
//! its quorum.

mod add_conflict;
mod confirm_nothing_to_declare;
mod conflict;
mod conflicts_of_case;
mod declare_conflict;
mod delegate;
mod end_conflict;
mod end_delegation;
mod end_leave;
mod forecast;
mod list;
mod list_own_conflicts;
mod list_own_leave;
mod list_staffed;
mod lookup;
mod take_leave;

pub use add_conflict::add_conflict;
pub use confirm_nothing_to_declare::{confirm_nothing_to_declare, needs_declaration};
pub use conflict::{Conflict, ConflictInput};
pub(crate) use conflicts_of_case::weights;
pub use conflicts_of_case::{InConflict, conflicts_of_case};
pub use declare_conflict::declare_conflict;
pub use delegate::{DelegateInput, delegate};
pub use end_conflict::end_conflict;
pub use end_delegation::end_delegation;
pub use end_leave::end_leave;
pub use forecast::forecast_of_case;
pub use kwanus_store::board::{BoardRow, ColleagueRow, ConflictRow, DelegationRow, LeaveRow, OpenBallotRow, SeatRow};
pub use list::{Board, list};
pub use list_own_conflicts::{OwnConflicts, list_own_conflicts};
pub use list_own_leave::{OwnLeave, list_own_leave};
pub use list_staffed::{StaffedBoard, list_staffed};
pub use lookup::{BoardPage, BoardPlace, ForecastCase, Member, Oversight, lookup};
pub use take_leave::take_leave;
