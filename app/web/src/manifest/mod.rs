//! The versions of an integration's manifest.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{RecordVersionPage, VersionSection, VersionsPage};
