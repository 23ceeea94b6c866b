//! Evidence: what is said of it in the database, and the content of files in a folder beside it.

mod incoming;
mod register;
mod upload;
mod vault;

pub use incoming::{Incoming, Received};
pub use register::{
    EvidenceData, EvidencePlace, EvidenceRow, delete, insert, list_of_declaration, lookup, named, update_words,
};
pub(crate) use register::{copy, delete_of_declaration, delete_of_permission};
pub use upload::{count_upload, list_uploads};
pub use vault::{Content, Vault};
