//! The pages of a submission.

mod boards;
mod check;
mod example;
mod import;
mod integration;
mod keep;
mod list;
mod new;
mod part;
mod parts;
mod permission;
mod print;
mod revision;
mod show;
mod since;
mod submitted;
mod task;
mod withdraw;

pub(crate) use boards::board_state;
pub(crate) use check::CheckPage;
pub(crate) use import::ImportPage;
pub(crate) use integration::SubmissionIntegrationPage;
pub(crate) use keep::kept;
pub(crate) use list::{SubmissionTable, SubmissionsPage};
pub(crate) use new::NewSubmissionPage;
pub(crate) use part::{PartPage, above, address};
pub(crate) use permission::PermissionPage;
pub(crate) use print::PrintPage;
pub(crate) use revision::SubmissionRevisionPage;
pub(crate) use show::SubmissionPage;
pub(crate) use submitted::SubmittedPage;

use kwanus_domain::case::CaseRef;
use kwanus_service::{
    Error,
    submission::{Submission, lookup},
};

use crate::state::{State, Visit};

/// The submission that the address names, as this caller may see it.
async fn find(state: &State, visit: &Visit, reference: Option<CaseRef>) -> Result<Submission, Error> {
    let caller = visit.caller()?;
    lookup(&state.db, caller, reference.ok_or(Error::NotFound)?).await
}
