//! Grants: what decisions bring about, and what an integration may do by them.

mod issue;
mod list;
mod list_own;

pub use list::{Grant, list};
pub use list_own::{OwnGrant, OwnGrants, Renewal, list_own};

pub(crate) use issue::issue;
