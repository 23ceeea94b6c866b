//! The pages of cases.

mod ballots;
mod declaration;
mod history;
mod list;
mod part;
mod precedent;
mod reason;
mod review;
mod show;
mod suspension;
mod transition;

pub(crate) use list::{CaseTable, CasesPage, case_line};
pub(crate) use review::PastReviews;
pub(crate) use show::CasePage;
