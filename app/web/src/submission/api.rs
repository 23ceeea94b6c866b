//! What a partner's user does to a submission: each a form that is posted to `/do/<verb>`.

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

/// Adds a permission to a draft. Fields: `owner`, `case` (its reference), `permission` (a key).
#[server(prefix = "/do", endpoint = "add_permission")]
pub async fn add_permission(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] permission: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, submission};

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}");
    let mut form = Form::new("add_permission", &case, local_path(&page)).typed("permission", &permission);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(case) => submission::add_permission(&form.state().db, &caller, case, &permission).await,
        None => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map(|key| format!("{page}/permissions/{key}")).unwrap_or_default();
    form.answer(outcome, &next, "").await
}

/// Keeps what was answered about a permission of a draft. Fields: `owner`, `case`, `permission` (its key), `revision` (that
/// the form was made from), `fields` (several), `purpose`, `narrower`, `consent`, `deletion`, `if_refused`, `retention`
/// (whole hours), `until` (a date), `reason`, and `then`: `check` to stay on the page.
#[server(prefix = "/do", endpoint = "save_permission")]
pub async fn save_permission(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] permission: String,
    #[server(default)] revision: String,
    #[server(default)] fields: Vec<String>,
    #[server(default)] purpose: String,
    #[server(default)] narrower: String,
    #[server(default)] consent: String,
    #[server(default)] deletion: String,
    #[server(default)] if_refused: String,
    #[server(default)] retention: String,
    #[server(default)] until: String,
    #[server(default)] reason: String,
    #[server(default)] then: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{case::CaseRef, declaration::Question, permission::PermissionKey};
    use kwanus_service::{
        Error,
        submission::{self, PermissionInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}/permissions/{permission}");
    let answers = [purpose, narrower, consent, deletion, if_refused];
    let input = PermissionInput { fields: fields.join(","), answers, retention, until, reason };
    let form = Form::new("permission", &format!("{case}/{permission}"), local_path(&page))
        .typed("fields", &input.fields)
        .typed("retention", &input.retention)
        .typed("until", &input.until)
        .typed("reason", &input.reason)
        .or_else("add_permission", &case, local_path(&format!("/submissions/{case}")));
    let questions = Question::ALL.into_iter().zip(&input.answers);
    let mut form = questions.fold(form, |form, (question, answer)| form.typed(question.field(), answer));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let revision = revision.parse().unwrap_or_default();
    let outcome = match (CaseRef::parse(&case), PermissionKey::parse(&permission)) {
        (Some(case), Ok(key)) => {
            submission::save_permission(&form.state().db, &caller, case, &key, &input, revision).await
        }
        _ => Err(Error::NotFound),
    };
    let next = if then == "check" { page } else { format!("/submissions/{case}") };
    form.answer(outcome, &next, "Saved.").await
}

/// Takes a permission out of a draft. Fields: `owner`, `case`, `permission` (its key), `revision` (of the permission).
#[server(prefix = "/do", endpoint = "remove_permission")]
pub async fn remove_permission(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] permission: String,
    #[server(default)] revision: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{case::CaseRef, permission::PermissionKey};
    use kwanus_service::{Error, submission};

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}");
    let mut form = Form::new("add_permission", &case, local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), PermissionKey::parse(&permission)) {
        (Some(case), Ok(key)) => {
            let revision = revision.parse().unwrap_or_default();
            submission::remove_permission(&form.state().db, &caller, case, &key, revision).await
        }
        _ => Err(Error::NotFound),
    };
    let done = format!("{permission} is taken out.");
    form.answer(outcome, local_path(&page), &done).await
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
    let (next, done) = (format!("/submissions/{case}"), format!("{case} is submitted. The boards have it now."));
    form.answer(outcome, &next, &done).await
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
