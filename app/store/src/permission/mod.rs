//! The catalogue: what KWANUS OS offers, version by version, and what is proposed to change of it.

mod proposal;
mod version;

pub use proposal::{ProposalData, ProposalRow, decide, insert, list_closed, list_open, lookup};
pub use version::{Made, VersionRow, insert_version, list_versions, lock, lookup_newest, lookup_version};
