//! Rounds of reviews: the calendar, how far the boards are, and the dates.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{CampaignPage, ReviewsPage};
