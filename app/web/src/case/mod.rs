//! Cases as the desk sees them.

#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{
    CasePage, CaseTable, CasesPage, ComparisonPage, PacketCase, PastReviews, RevisionPage, asked_revision, case_line,
};
