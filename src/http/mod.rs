//! How requests reach pages, server functions and machines' routes, and what every answer carries.

mod api;
mod asset;
mod dress;
mod event;
mod evidence;
mod export;
mod guard;
mod header;
mod health;
mod manifest;
mod meeting;
mod problem;
mod request_id;
mod route;
mod session;
mod shared;
mod upload;
mod visit;

pub use api::openapi;
pub use asset::leptos_options;
pub use route::{Route, router, routes};
pub use shared::Shared;
