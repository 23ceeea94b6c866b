//! The boards: who sits on them, what members are to partners, who is away and who acts for them.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{AccountLinks, BoardPage, BoardsPage, ConflictsPage, DeclarationNotice, LeavePage};
