//! The pages of reviews.

mod calendar;
mod campaign;

pub(crate) use calendar::ReviewsPage;
pub(crate) use campaign::CampaignPage;
