//! Asking again: each quarter and each year, every integration is reviewed, and the boards recommend on a ladder how it goes
//! on (`PartnerIntegrationSpec` §9, `PartnerAuditSpec`).

mod campaign;
mod check;
mod rung;
mod verdict;

pub use campaign::{CampaignKey, Dates};
pub use check::{Check, checks};
pub use rung::Rung;
pub use verdict::{Said, Verdict, conclude, verdict};

crate::id::id! {
    /// A round of reviews.
    CampaignId
}
