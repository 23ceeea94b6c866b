//! The pages of cases.

mod ballots;
mod declaration;
mod history;
mod list;
mod show;

pub(crate) use list::CasesPage;
pub(crate) use show::CasePage;
