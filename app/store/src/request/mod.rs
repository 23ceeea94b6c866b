//! What boards ask partners to change, and the threads that come of it.

mod entry;
mod register;

pub use entry::{EntryRow, insert as insert_entry, list as list_entries};
pub use register::{RequestData, RequestRow, answer, insert, list_of_case, list_unresolved, lookup, reopen, resolve};
