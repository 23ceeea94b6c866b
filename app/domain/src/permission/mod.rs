//! What KWANUS OS offers to partners (`PartnerIntegrationSpec` §6, §7). Partners choose from the catalogue and never define
//! a permission of their own.

mod catalogue;
mod class;
mod entry;
mod field;
mod file;
mod key;
mod kind;
mod limits;

pub use catalogue::Catalogue;
pub use class::{ClassKey, DataClass};
pub use entry::Entry;
pub use field::{Field, FieldName};
pub use file::CatalogueFile;
pub use key::PermissionKey;
pub use kind::Kind;
pub use limits::Limits;
