//! What a partner's user does to a submission as a whole.

use leptos::prelude::*;

use crate::wire;

/// Starts a submission, or goes on with the one that is open. Fields: `owner`, `integration` (short name).
#[server(prefix = "/do", endpoint = "start_submission")]
pub async fn start_submission(
    #[server(default)] owner: String,
    #[server(default)] integration: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{Violation, partner::Slug};
    use kwanus_service::submission;

    use crate::ui::Form;

    let mut form = Form::new("start_submission", "", "/submissions/new").typed("integration", &integration);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match Slug::parse(&integration) {
        Ok(slug) => submission::start(&form.state().db, &caller, &slug).await,
        Err(_) => Err(Violation::new("integration", "missing", "Choose an integration").into()),
    };
    let next = outcome.as_ref().map(|reference| format!("/submissions/{reference}")).unwrap_or_default();
    form.answer(outcome, &next, "").await
}

/// Puts what a manifest declares in the place of what a draft declares. Fields: `owner`, `case`, `revision` (of the draft),
/// `manifest` (its text).
#[server(prefix = "/do", endpoint = "import_manifest")]
pub async fn import_manifest(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] revision: String,
    #[server(default)] manifest: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, submission};

    use crate::{
        submission::imported,
        ui::{Form, local_path},
    };

    let page = format!("/submissions/{case}/import");
    let mut form = Form::new("import_manifest", &case, local_path(&page)).typed("manifest", &manifest).or_else(
        "add_permission",
        &case,
        local_path(&format!("/submissions/{case}")),
    );
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(reference) => {
            let revision = revision.parse().unwrap_or_default();
            submission::import(&form.state().db, &caller, reference, &manifest, revision).await
        }
        None => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map(|unlike| imported(unlike)).unwrap_or_default();
    form.answer(outcome, local_path(&format!("/submissions/{case}")), &done).await
}

/// Gives a draft up. Fields: `owner`, `case`, `revision` (of the draft).
#[server(prefix = "/do", endpoint = "delete_submission")]
pub async fn delete_submission(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] revision: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, submission};

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}");
    let mut form = Form::new("add_permission", &case, local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(case) => submission::delete(&form.state().db, &caller, case, revision.parse().unwrap_or_default()).await,
        None => Err(Error::NotFound),
    };
    let done = format!("The draft {case} is deleted.");
    form.answer(outcome, "/submissions", &done).await
}

/// Hands a draft to the boards. Fields: `owner`, `case`, `revision` (of the draft, that was checked).
#[server(prefix = "/do", endpoint = "submit")]
pub async fn submit(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] revision: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, submission};

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}/check");
    let mut form = Form::new("submit", &case, local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(case) => submission::submit(&form.state().db, &caller, case, revision.parse().unwrap_or_default()).await,
        None => Err(Error::NotFound),
    };
    let next = format!("/submissions/{case}/submitted");
    form.answer(outcome, local_path(&next), "").await
}

/// Takes a submission back from the boards. Fields: `owner`, `case`, `revision` (the number of the one that they have, as it
/// was shown), `reason` (why, or nothing).
#[server(prefix = "/do", endpoint = "withdraw_submission")]
pub async fn withdraw_submission(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] revision: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, submission};

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}");
    let mut form = Form::new("withdraw_submission", &case, local_path(&page)).typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let revision = revision.parse().unwrap_or_default();
    let outcome = match CaseRef::parse(&case) {
        Some(case) => submission::withdraw(&form.state().db, &caller, case, revision, &reason).await,
        None => Err(Error::NotFound),
    };
    let done = format!("{case} is withdrawn. The boards have stopped.");
    form.answer(outcome, local_path(&page), &done).await
}

/// Begins another revision of a submission that the boards have. Fields: `owner`, `case`.
#[server(prefix = "/do", endpoint = "revise_submission")]
pub async fn revise_submission(
    #[server(default)] owner: String,
    #[server(default)] case: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, submission};

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}");
    let mut form = Form::new("add_permission", &case, local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(case) => submission::revise(&form.state().db, &caller, case).await,
        None => Err(Error::NotFound),
    };
    form.answer(outcome, local_path(&page), "").await
}
