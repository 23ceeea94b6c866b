//! Signing in, and one's own account.

pub mod api;
mod island;
#[cfg(feature = "ssr")]
mod link;
#[cfg(feature = "ssr")]
pub(crate) mod page;

pub use island::SessionList;
