//! The boards as administrators change them: who sits on one, and how it decides. One proposes, another confirms.

pub mod api;
mod island;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "ssr")]
mod page;

pub use island::RulePreview;
#[cfg(feature = "ssr")]
pub(crate) use page::{
    BoardDeskPage, BoardProposalPage, BoardProposalsPage, BoardSheetPage, OneCasePage, RulePage, RulesHistoryPage,
    TermPage,
};
