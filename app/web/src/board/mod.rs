//! The boards.

pub mod change;

#[cfg(feature = "ssr")]
pub(crate) use change::{
    BoardDeskPage, BoardProposalPage, BoardProposalsPage, BoardSheetPage, OneCasePage, RulePage, RulesHistoryPage,
    TermPage,
};
