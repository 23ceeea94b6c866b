//! Ballots: what waits for whom, and taking positions.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::DocketPage;
#[cfg(feature = "ssr")]
pub(crate) use page::{PositionForm, UnsentPosition, recall_position};
