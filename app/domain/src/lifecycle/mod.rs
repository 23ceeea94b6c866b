//! How an integration moves through its life (`PartnerIntegrationSpec` §10, windows after `PartnerDeprecationSpec`).

mod plan;
mod transition;
mod window;

pub use plan::{Plan, PlanInput, Topic};
pub use transition::Transition;
pub use window::{LONGEST_WINDOW, RECOMMENDED_WINDOW, SHORTEST_WINDOW, Window};
