//! How integrations move through their life.

mod apply;
mod deprecation;
mod propose;

pub use deprecation::{Deprecation, list_deprecations};
pub use kwanus_store::lifecycle::TransitionRow;
pub use propose::{Proposal, TransitionInput, lookup_proposal, propose};

pub(crate) use apply::apply;
pub(crate) use propose::{may_propose, obstacle, open_case};
