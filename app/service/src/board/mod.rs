//! The boards: who governs what, and how two administrators change who sits on one and how it decides.

mod decide_change;
mod desk;
mod history;
mod list;
mod list_closed;
mod lookup_proposal;
mod propose_change;
mod sheet;
mod situation;

pub use decide_change::decide_change;
pub use desk::{BoardDesk, DeskBoard, desk};
pub use history::history;
pub use kwanus_store::board::{Made, ProposalRow, VersionRow};
pub use list::{Board, list};
pub use list_closed::list_closed;
pub use lookup_proposal::{Proposal, lookup_proposal};
pub use propose_change::{ChangeInput, propose_change};
pub use sheet::{BoardSheet, lookup_sheet};

pub(crate) use propose_change::{New, propose};
pub(crate) use situation::situation;
