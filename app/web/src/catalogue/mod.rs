//! The catalogue as administrators change it: one proposes, another approves.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{
    CataloguePage, ClassPage, ClosedProposalsPage, EntryPage, LimitsPage, NewEntryPage, ProposalPage,
};
