//! The pages of ballots.

mod docket;
mod position;

pub(crate) use docket::DocketPage;
pub(crate) use position::{PositionForm, UnsentPosition, recall_position};
