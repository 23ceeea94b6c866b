//! The pages of a submission.

mod boards;
mod check;
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
mod unsent;
mod withdraw;

pub(crate) use boards::{board_state, board_state_of};
pub(crate) use check::CheckPage;
pub(crate) use import::{ImportPage, imported};
pub(crate) use integration::SubmissionIntegrationPage;
pub(crate) use keep::{Now, Sent, kept};
pub(crate) use list::{SubmissionTable, SubmissionsPage};
pub(crate) use new::NewSubmissionPage;
pub(crate) use part::{PartPage, above, address};
pub(crate) use permission::{PermissionPage, label};
pub(crate) use print::PrintPage;
pub(crate) use revision::SubmissionRevisionPage;
pub(crate) use show::SubmissionPage;
pub(crate) use submitted::SubmittedPage;

use kwanus_domain::case::CaseRef;
use kwanus_service::{
    Error,
    submission::{Submission, lookup},
};
use leptos::prelude::*;
use tower_sessions::Session;

use crate::{
    state::{State, Visit},
    ui::{move_memory, refuse, see_other},
};

/// The submission that the address names, as this caller may see it.
async fn find(state: &State, visit: &Visit, reference: Option<CaseRef>) -> Result<Submission, Error> {
    let caller = visit.caller()?;
    lookup(&state.db, caller, reference.ok_or(Error::NotFound)?).await
}

/// What stands for the form of something that cannot be written any more. Whoever comes back to the form of what is submitted
/// is led to what was; what is not declared is not found, unless something was typed about it before that was known: then the
/// task list says so, and what was typed is kept.
async fn gone(submission: &Submission, session: &Session, visit: &Visit, form: (&str, &str), what: &str) -> AnyView {
    if !submission.is_draft {
        return submitted_meanwhile(submission, session, visit, &[form]).await;
    }
    let reference = submission.reference.to_string();
    let why = format!(
        "{what} was taken out in another tab, or by a colleague. What you typed is kept: add it again to go on with it"
    );
    if move_memory(session, visit, form, ("add_permission", &reference), why).await {
        see_other(&format!("/submissions/{reference}"));
        return ().into_any();
    }
    refuse(Error::NotFound, visit)
}

/// What stands for forms of what is submitted: what was, which says so and shows what was typed into them, if anything was.
pub(crate) async fn submitted_meanwhile(
    submission: &Submission,
    session: &Session,
    visit: &Visit,
    forms: &[(&str, &str)],
) -> AnyView {
    let reference = submission.reference.to_string();
    let why = format!("{reference}, revision {}, cannot be written any more", submission.number);
    for form in forms {
        move_memory(session, visit, *form, ("add_permission", &reference), why.clone()).await;
    }
    see_other(&format!("/submissions/{reference}"));
    ().into_any()
}
