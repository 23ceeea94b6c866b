//! Before a database is opened: where it is, what it is, and in one line why not.

mod inspection;
mod refusal;
mod url;

pub use refusal::OpenError;
pub use url::DatabaseUrl;
pub(crate) use {
    inspection::{check_sqlite_version, create, inspect},
    refusal::{explain, explain_migration},
};
