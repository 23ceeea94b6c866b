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
/// (whole hours), `until` (a date), `reason`, `then`: `check` to stay on the page, and `preview`: the id of the field to look
/// at, and nothing is kept.
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
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{case::CaseRef, declaration::Question, permission::PermissionKey};
    use kwanus_service::{
        Error,
        submission::{self, PermissionInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}/permissions/{permission}");
    let answers = [purpose, narrower, consent, deletion, if_refused];
    let input = PermissionInput { fields: fields.join("\n"), answers, retention, until, reason };
    let form = Form::new("permission", &format!("{case}/{permission}"), local_path(&page))
        .typed("fields", &input.fields)
        .typed("retention", &input.retention)
        .typed("until", &input.until)
        .typed("reason", &input.reason)
        .preview(&preview)
        .made_from("revision", &revision)
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

/// Keeps what was answered about a part of a draft besides its permissions, or adds another. Fields: `owner`, `case` (its
/// reference), `part` (`api`, `workflows/0`), `seen` (the mark of the part that the form was made from), `typed[field][n]`
/// (what was typed, by the field's name in the manifest), `then`: `check` to stay on the page, and `preview`: the id of the field
/// to look at, and nothing is kept.
#[server(prefix = "/do", endpoint = "save_part")]
pub async fn save_part(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] part: String,
    #[server(default)] seen: String,
    #[server(default)] typed: std::collections::BTreeMap<String, Vec<String>>,
    #[server(default)] then: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{case::CaseRef, declaration::Part, manifest::Typed};
    use kwanus_service::{Error, submission};

    use super::page::{above, address};
    use crate::ui::{Form, local_path};

    let task_list = format!("/submissions/{case}");
    let part = Part::try_from(part).ok().filter(|part| part.kind().is_some());
    // What is not there yet has its form where another is added.
    let page = match part.and_then(Part::kind) {
        Some((kind, _)) if kind.is_list() && seen.is_empty() => format!("{task_list}/{}/new", kind.as_str()),
        _ => part.map_or_else(|| task_list.clone(), |part| address(&case, part)),
    };
    let typed: Typed = typed.into_iter().map(|(field, texts)| (field, texts.join("\n"))).collect();
    // Where another is added meanwhile, the form of a new one stands for the next: what was typed stays with it.
    let subject = match part.and_then(Part::kind) {
        Some((kind, _)) if kind.is_list() && seen.is_empty() => format!("{case}/{}/new", kind.as_str()),
        _ => part.map(|part| format!("{case}/{part}")).unwrap_or_default(),
    };
    let form = Form::new("part", &subject, local_path(&page)).preview(&preview).made_from("seen", &seen).or_else(
        "add_permission",
        &case,
        local_path(&task_list),
    );
    let asked = part.and_then(Part::kind).map_or(&[][..], |(kind, _)| kind.prompts());
    let mut form = asked
        .iter()
        .fold(form, |form, prompt| form.typed(prompt.field, typed.get(prompt.field).map_or("", String::as_str)));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), part) {
        (Some(reference), Some(part)) => {
            submission::save_part(&form.state().db, &caller, reference, part, &typed, &seen).await
        }
        _ => Err(Error::NotFound),
    };
    let next = match part {
        Some(part) if then == "check" => address(&case, part),
        Some(part) => above(&case, part),
        None => task_list,
    };
    form.answer(outcome, local_path(&next), "Saved.").await
}

/// Keeps what is being typed about a part, for the island beside its form. Fields: those of [`save_part`].
#[server(prefix = "/do", endpoint = "keep_part")]
pub async fn keep_part(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] part: String,
    #[server(default)] seen: String,
    #[server(default)] typed: std::collections::BTreeMap<String, Vec<String>>,
) -> Result<wire::Kept, wire::Error> {
    use kwanus_domain::{case::CaseRef, declaration::Part};
    use kwanus_service::{
        Error,
        submission::{self, mark},
    };

    use super::page::kept;

    let typed = typed.into_iter().map(|(field, texts)| (field, texts.join("\n"))).collect();
    kept(&owner, async |db, caller| {
        let reference = CaseRef::parse(&case).ok_or(Error::NotFound)?;
        let part = Part::try_from(part).map_err(|_| Error::NotFound)?;
        submission::save_part(db, caller, reference, part, &typed, &seen).await?;
        let now = submission::lookup(db, caller, reference).await?;
        let notes = now.findings.iter().filter(|finding| finding.place.part == part).map(wire::Note::from);
        Ok((mark(&now.declaration, part), notes.collect()))
    })
    .await
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
    #[server(default)] retention: String,
    #[server(default)] until: String,
    #[server(default)] reason: String,
) -> Result<wire::Kept, wire::Error> {
    use kwanus_domain::{case::CaseRef, permission::PermissionKey};
    use kwanus_service::{
        Error,
        submission::{self, PermissionInput},
    };

    use super::page::kept;

    let answers = [purpose, narrower, consent, deletion, if_refused];
    let input = PermissionInput { fields: fields.join("\n"), answers, retention, until, reason };
    kept(&owner, async |db, caller| {
        let reference = CaseRef::parse(&case).ok_or(Error::NotFound)?;
        let key = PermissionKey::parse(&permission).map_err(|_| Error::NotFound)?;
        let revision = revision.parse().unwrap_or_default();
        submission::save_permission(db, caller, reference, &key, &input, revision).await?;
        let now = submission::lookup(db, caller, reference).await?;
        let found = now.permissions.iter().find(|each| each.permission.key == key).ok_or(Error::NotFound)?;
        Ok((found.revision.to_string(), found.findings.iter().map(wire::Note::from).collect()))
    })
    .await
}

/// Takes a part out of a draft. Fields: `owner`, `case`, `part` (`workflows/0`), `seen` (the mark of the part).
#[server(prefix = "/do", endpoint = "remove_part")]
pub async fn remove_part(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] part: String,
    #[server(default)] seen: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{case::CaseRef, declaration::Part};
    use kwanus_service::{Error, submission};

    use super::page::above;
    use crate::ui::{Form, local_path};

    let task_list = format!("/submissions/{case}");
    let part = Part::try_from(part).ok().filter(|part| part.kind().is_some());
    let mut form = Form::new("add_permission", &case, local_path(&task_list));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), part) {
        (Some(reference), Some(part)) => {
            submission::remove_part(&form.state().db, &caller, reference, part, &seen).await
        }
        _ => Err(Error::NotFound),
    };
    let next = part.map_or(task_list.clone(), |part| above(&case, part));
    form.answer(outcome, local_path(&next), "It is taken out.").await
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

    use crate::ui::{Form, local_path};

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
    let done = "The manifest is imported. Look through the tasks: what is still missing stands beside each.";
    form.answer(outcome, local_path(&format!("/submissions/{case}")), done).await
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
