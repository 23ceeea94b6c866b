//! What a partner's user does to a permission of a draft.

use leptos::prelude::*;

use crate::wire;

#[cfg(feature = "ssr")]
use {
    crate::ui::{Form, local_path},
    kwanus_domain::{case::CaseRef, declaration::Question, permission::PermissionKey},
    kwanus_service::{Error, submission::PermissionInput},
};

/// Adds a permission to a draft. Fields: `owner`, `case` (its reference), `permission` (a key).
#[server(prefix = "/do", endpoint = "add_permission")]
pub async fn add_permission(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] permission: String,
) -> Result<(), wire::Error> {
    use kwanus_service::submission;

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
/// the form was made from), `fields` (several), `purpose`, `narrower`, `consent`, `deletion`, `if_refused`,
/// `compliance_note`, `retention` (whole hours), `until` (a date), `reason`, `then`: `check` to stay on the page, and
/// `preview`: the id of the field to look at, and nothing is kept.
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
    #[server(default)] compliance_note: String,
    #[server(default)] retention: String,
    #[server(default)] until: String,
    #[server(default)] reason: String,
    #[server(default)] then: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_service::submission;

    let page = format!("/submissions/{case}/permissions/{permission}");
    let answers = [purpose, narrower, consent, deletion, if_refused, compliance_note];
    let input = typed(&fields, answers, [retention, until, reason]);
    let mut form = form(&case, &permission, &input).preview(&preview).made_from("revision", &revision);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match named(&case, &permission, &revision) {
        Ok((case, key, revision)) => {
            submission::save_permission(&form.state().db, &caller, case, &key, &input, revision).await
        }
        Err(error) => Err(error),
    };
    let next = if then == "check" { page } else { format!("/submissions/{case}") };
    form.answer(outcome, &next, "Saved.").await
}

/// Keeps what is being typed about a permission, for the island beside its form. Fields: those of [`save_permission`].
#[server(prefix = "/do", endpoint = "keep_permission")]
pub async fn keep_permission(
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
    #[server(default)] compliance_note: String,
    #[server(default)] retention: String,
    #[server(default)] until: String,
    #[server(default)] reason: String,
) -> Result<wire::Kept, wire::Error> {
    use kwanus_service::submission;

    use crate::submission::page::{Now, Sent, kept, label};

    let answers = [purpose, narrower, consent, deletion, if_refused, compliance_note];
    let input = typed(&fields, answers, [retention, until, reason]);
    let sent = Sent {
        owner: &owner,
        form: form(&case, &permission, &input),
        made_from: &revision,
        kept_as: format!("{case}/{permission}"),
    };
    kept(sent, label, async |db, caller| {
        let (reference, key, revision) = named(&case, &permission, &revision)?;
        let unread = submission::keep_permission(db, caller, reference, &key, &input, revision).await?;
        let now = submission::lookup(db, caller, reference).await?;
        let found = now.permissions.iter().find(|each| each.permission.key == key).ok_or(Error::NotFound)?;
        let notes = found.findings.iter().map(wire::Note::from).collect();
        Ok(Now { mark: found.revision.to_string(), notes, unread })
    })
    .await
}

/// Takes a permission out of a draft. Fields: `owner`, `case`, `permission` (its key), `revision` (of the permission).
#[server(prefix = "/do", endpoint = "remove_permission")]
pub async fn remove_permission(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] permission: String,
    #[server(default)] revision: String,
) -> Result<(), wire::Error> {
    use kwanus_service::submission;

    let page = format!("/submissions/{case}");
    let mut form = Form::new("add_permission", &case, local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match named(&case, &permission, &revision) {
        Ok((case, key, revision)) => {
            submission::remove_permission(&form.state().db, &caller, case, &key, revision).await
        }
        Err(error) => Err(error),
    };
    let done = format!("{permission} is taken out.");
    form.answer(outcome, local_path(&page), &done).await
}

/// What was typed about a permission, whether it is saved by a button or kept while it is typed.
#[cfg(feature = "ssr")]
fn typed(fields: &[String], answers: [String; 6], [retention, until, reason]: [String; 3]) -> PermissionInput {
    PermissionInput { fields: fields.join("\n"), answers, retention, until, reason }
}

/// The form of a permission.
#[cfg(feature = "ssr")]
fn form(case: &str, permission: &str, input: &PermissionInput) -> Form {
    let page = format!("/submissions/{case}/permissions/{permission}");
    let form = Form::new("permission", &format!("{case}/{permission}"), local_path(&page))
        .typed("fields", &input.fields)
        .typed("retention", &input.retention)
        .typed("until", &input.until)
        .typed("reason", &input.reason)
        .or_else("add_permission", case, local_path(&format!("/submissions/{case}")));
    let questions = Question::ALL.into_iter().zip(&input.answers);
    questions.fold(form, |form, (question, answer)| form.typed(question.field(), answer))
}

/// The permission that a form names, its draft, and the revision of it that the form was made from.
#[cfg(feature = "ssr")]
fn named(case: &str, permission: &str, revision: &str) -> Result<(CaseRef, PermissionKey, i64), Error> {
    let case = CaseRef::parse(case).ok_or(Error::NotFound)?;
    let key = PermissionKey::parse(permission).map_err(|_| Error::NotFound)?;
    Ok((case, key, revision.parse().unwrap_or_default()))
}
