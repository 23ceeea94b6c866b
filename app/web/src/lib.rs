//! What people see: pages, islands and server functions, a folder a feature.
//!
//! The crate is compiled twice. With `ssr` it is the whole site, rendered on the server; with `hydrate` it is only what
//! the browser runs: islands, the stubs of server functions, and the types that travel between them (`wire.rs`). So a
//! page (`page.rs`) stands behind `ssr` and calls `kwanus_service` straight, an island (`island.rs`) stands in both
//! halves, and a server function (`api.rs`) only parses, calls the service, and answers with a redirect of its choosing.
//!
//! To add a page: a component in the feature's `page.rs` inside [`ui::Frame`], and a line in the router of `app.rs`. To add a form:
//! a server function at `/do/<verb>` that answers through `ui::Form`, so that nothing typed is ever lost.

// Doc comments on components turn into doc comments on the props that leptos generates; those cannot carry their own.
#![allow(missing_docs)]
// A page is one type, as deep as its markup.
#![recursion_limit = "512"]

pub mod account;
pub mod appeal;
pub mod ballot;
pub mod board;
pub mod catalogue;
pub mod condition;
pub mod evidence;
pub mod integration;
pub mod lifecycle;
pub mod manifest;
pub mod meeting;
pub mod notice;
pub mod partner;
pub mod preview;
pub mod reopening;
pub mod request;
pub mod review;
pub mod revisit;
pub mod submission;
pub mod suspension;
pub mod wire;

#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
mod audit;
#[cfg(feature = "ssr")]
mod case;
#[cfg(feature = "ssr")]
mod help;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
mod overview;
#[cfg(feature = "ssr")]
mod permission;
#[cfg(feature = "ssr")]
mod place;
#[cfg(feature = "ssr")]
mod record;
#[cfg(feature = "ssr")]
mod state;
mod ui;

#[cfg(feature = "ssr")]
pub use app::{App, has_islands, shell};
#[cfg(feature = "ssr")]
pub use evidence::{Fields, attach_evidence, upload_manifest};
#[cfg(feature = "ssr")]
pub use record::RecordFields;
#[cfg(feature = "ssr")]
pub use state::{Site, State, Visit};
#[cfg(feature = "ssr")]
pub use ui::{THEME_COOKIE, error_page};
