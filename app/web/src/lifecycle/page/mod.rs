//! The pages of the lifecycle.

mod deprecations;
mod proposal;
mod transition;

pub(crate) use deprecations::DeprecationsPage;
pub(crate) use proposal::ProposalFrame;
pub(crate) use transition::{Consequences, TransitionPage};
