//! The policy: the specification with what enforces it, and the catalogue of permissions.

#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{PolicyPage, WouldDifferNotice};
