//! Records as the desk sees them.

mod fields;
mod page;

pub use fields::RecordFields;
pub(crate) use page::RecordsPage;
