//! The pages of ballots.

mod docket;
mod position;

pub(crate) use docket::{ApprovePage, DocketPage};
pub(crate) use position::{PositionForm, UnsentPosition, recall_position};
