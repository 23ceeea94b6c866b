//! The catalogue of permissions.

#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::PolicyPage;
