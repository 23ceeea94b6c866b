//! A partner's submissions.

pub mod api;
pub mod island;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{
    CheckPage, ImportPage, NewSubmissionPage, PartPage, PermissionPage, PrintPage, SubmissionIntegrationPage,
    SubmissionPage, SubmissionRevisionPage, SubmissionTable, SubmissionsPage, SubmittedPage, board_state,
    board_state_of, imported, submitted_meanwhile,
};
