//! Records: what was decided, and on what.

mod export;
mod list;

pub use export::{ExportedRecord, Records, export};
pub use list::{ListedRecord, RecordSearch, list};
