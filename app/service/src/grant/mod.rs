//! Grants: what decisions bring about, and what an integration may do by them.

mod issue;
mod list;

pub use list::{Grant, list};

pub(crate) use issue::issue;
