//! Looking at what one writes before it is sent.

pub mod api;
mod island;
#[cfg(feature = "hydrate")]
mod live;

pub use island::PreviewButton;
