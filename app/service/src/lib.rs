//! What a caller may do or see. One action or query a file: it authorises, runs the domain, saves and logs, in one
//! transaction.
//!
//! Every action begins with a [`Caller`], which only the process builds. To add one, add a file to the feature's folder:
//! authorise first, open [`Db::write`] inside [`retrying`], decide with the domain, save, append the audit event, commit.
//! Reads return a model made for their page. Absent and not-allowed look the same to a partner: [`Error::NotFound`].

pub mod account;
pub mod appeal;
pub mod audit;
pub mod ballot;
pub mod board;
mod caller;
pub mod case;
mod error;
pub mod evidence;
pub mod grant;
pub mod installation;
pub mod integration;
pub mod lifecycle;
pub mod manifest;
pub mod meeting;
pub mod notice;
pub mod overview;
mod page;
pub mod partner;
pub mod permission;
mod proposal;
pub mod record;
pub mod reopening;
pub mod request;
mod retry;
pub mod review;
pub mod revisit;
pub mod session;
pub mod submission;
pub mod suspension;

pub use caller::{Bearer, Caller, OwnPartner, Person};
pub use error::{Error, Result};
pub use kwanus_store::{DatabaseUrl, Db, Environment, OpenError, audit::Origin};
pub use page::Page;
pub(crate) use retry::retrying;
