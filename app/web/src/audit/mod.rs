//! The log, for those who check it.

mod page;

pub(crate) use page::{AuditPage, EventPage};
