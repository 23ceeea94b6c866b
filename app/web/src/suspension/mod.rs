//! Suspending at once, and proposing that a suspension is lifted.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{AtOncePage, SuspensionPage};
