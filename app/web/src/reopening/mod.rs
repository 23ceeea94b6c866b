//! Reopening what was declined.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{ReopeningSection, recall_reopening};
