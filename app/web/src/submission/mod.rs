//! A partner's submissions.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{
    CheckPage, NewSubmissionPage, PartPage, PermissionPage, SubmissionPage, SubmissionRevisionPage, SubmissionTable,
    SubmissionsPage, board_state,
};
