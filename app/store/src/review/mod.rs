//! Rounds of reviews: when they are held, which integrations they hold, and how far the boards are.

mod campaign;
mod progress;
mod register;

pub use campaign::{
    CampaignRow, assign, insert_campaign, list_campaigns, list_due, list_lacking, lookup_campaign,
    lookup_campaign_for_update, lookup_campaign_of_case, mark_opened, schedule,
};
pub use progress::{BoardProgress, CampaignProgress, count_by_board, count_by_campaign};
pub use register::{ReviewRow, list_of_integration, revise_open, set_verdict};
