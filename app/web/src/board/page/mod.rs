//! The pages of the boards, and what members say of themselves.

mod boards;
mod conflict;
mod conflicts;
mod diligence;
mod forecast;
mod leave;
mod member;
mod notice;
mod show;
mod term;

pub(crate) use boards::BoardsPage;
pub(crate) use conflicts::ConflictsPage;
pub(crate) use diligence::DiligencePage;
pub(crate) use leave::LeavePage;
pub(crate) use notice::{AccountLinks, DeclarationNotice};
pub(crate) use show::BoardPage;
