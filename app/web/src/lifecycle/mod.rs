//! How integrations move through their life.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{Consequences, DeprecationsPage, ProposalFrame, TransitionPage};
