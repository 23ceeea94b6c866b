//! The versions of an integration's manifest: recorded, and not voted on, where nothing is asked for beyond what the
//! boards approved.

mod approve;
mod keep;
mod list;
mod lookup;
mod record;
mod send;

pub use kwanus_store::manifest::{RecordedBy, VersionRow};
pub use list::{Versions, list, list_own};
pub use lookup::{VersionForm, export, lookup_form};
pub use record::record;
pub use send::{SendVersion, send};

pub(crate) use approve::record_approved;
pub(crate) use list::newest;
