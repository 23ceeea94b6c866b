//! When the boards look at a decision again.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{OwnRevisit, RevisitSection, recall_revisit};
