//! Suspending an integration, and lifting that. The Core Governance Board has the final word.

mod apply;
mod propose;

pub use kwanus_store::suspension::SuspensionRow;
pub use propose::{SuspensionProposal, lookup_lift, propose_lift};

pub(crate) use apply::apply;
pub(crate) use propose::open_case;
