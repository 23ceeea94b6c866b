//! How it is kept: SQLite and Postgres behind one shape, each spoken to through its native driver. The only crate that
//! names sqlx.
//!
//! [`Db`] opens a [`Tx`], reading or writing; [`Tx::query`] takes one SQL text for both dialects, or a pair where they
//! differ ([`Sql`]); what is bound implements [`Value`], what comes back is a [`Record`]. To add a feature, add a folder
//! of plain functions over `&mut Tx`, the migration in both of `migrations/` under the same name, and a test under
//! [`testing::on_both_databases`].
//!
//! On Postgres what others refer to is held `FOR NO KEY UPDATE`. To write a row that refers to another one locks that other
//! one too, in whatever order the foreign keys come, and must not wait for those who hold it in the order of their locks.
//! `FOR UPDATE` is for those who may change a key or delete the row, as an edit of an integration and the draft of a case.

mod db;
mod environment;
mod error;
mod migration;
mod opening;
mod query;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tx;
mod value;

pub mod account;
pub mod appeal;
pub mod audit;
pub mod ballot;
pub mod board;
pub mod case;
pub mod declaration;
pub mod evidence;
pub mod grant;
pub mod installation;
pub mod integration;
pub mod lifecycle;
pub mod manifest;
pub mod meeting;
pub mod notice;
pub mod overview;
pub mod partner;
pub mod permission;
pub mod precedent;
pub mod record;
pub mod reopening;
pub mod request;
pub mod review;
pub mod revisit;
pub mod suspension;

pub use db::Db;
pub use environment::Environment;
pub use error::Error;
pub use opening::{DatabaseUrl, OpenError};
pub use query::{Query, Record, Sql};
pub use tx::Tx;
pub use value::Value;

/// What reading and writing returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;
