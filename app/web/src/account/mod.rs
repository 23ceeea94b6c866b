//! Signing in, and one's own account.

pub mod api;
mod island;
#[cfg(feature = "ssr")]
mod link;
#[cfg(feature = "ssr")]
mod once;
#[cfg(feature = "ssr")]
pub(crate) mod page;
#[cfg(feature = "ssr")]
mod secret;
pub mod token;

pub use island::SessionList;
