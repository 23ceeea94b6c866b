//! Evidence of what is declared.

pub mod api;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod upload;

#[cfg(feature = "ssr")]
pub use upload::{Fields, attach_evidence, upload_manifest};
#[cfg(feature = "ssr")]
pub(crate) use {
    list::{EvidenceList, evidence_count},
    page::{DATED_ON_LABEL, EvidencePage, NOTE_LABEL, URL_LABEL},
};
