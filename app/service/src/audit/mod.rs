//! The log, for those who check it.

mod list;
mod lookup;

pub use list::{AuditSearch, LogEntry, list};
pub use lookup::lookup;

pub(crate) use list::authorise;
