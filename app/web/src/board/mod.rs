//! The boards: who sits on them, what members are to partners, who is away and who acts for them, and how two administrators
//! change who sits and how.

pub mod api;
pub mod change;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use change::{
    BoardDeskPage, BoardProposalPage, BoardProposalsPage, BoardSheetPage, OneCasePage, RulePage, RulesHistoryPage,
    TermPage,
};
#[cfg(feature = "ssr")]
pub(crate) use page::{
    AccountLinks, BoardPage, BoardsPage, ConflictsPage, DeclarationNotice, DiligencePage, LeavePage,
};
