//! The pages of cases.

mod ballots;
mod declaration;
mod history;
mod list;
mod show;
mod transition;

pub(crate) use list::{CasesPage, case_line};
pub(crate) use show::CasePage;
