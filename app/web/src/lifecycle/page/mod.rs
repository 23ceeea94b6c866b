//! The pages of the lifecycle.

mod deprecations;
mod transition;

pub(crate) use deprecations::DeprecationsPage;
pub(crate) use transition::{Consequences, TransitionPage};
