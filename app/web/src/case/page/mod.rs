//! The pages of cases.

mod appeal;
mod ballots;
mod declaration;
mod difference;
mod history;
mod list;
mod packet;
mod part;
mod precedent;
mod reason;
mod record;
mod review;
mod revision;
mod show;
mod suspension;
mod transition;

pub(crate) use difference::ComparisonPage;
pub(crate) use list::{CaseTable, CasesPage, case_line};
pub(crate) use packet::PacketCase;
pub(crate) use review::PastReviews;
pub(crate) use revision::{RevisionPage, asked as asked_revision};
pub(crate) use show::CasePage;
