//! What both sides do about a condition that binds: forms that are posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Supplies evidence for a condition of one's own submission. Fields: `owner`, `case` (its reference), `condition` (its number),
/// `text`, `link` (may be empty), and `preview`: the id of the field to look at, and nothing is sent.
#[server(prefix = "/do", endpoint = "supply_evidence")]
pub async fn supply_evidence(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] condition: String,
    #[server(default)] text: String,
    #[server(default)] link: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{
        Error,
        ballot::{self, EvidenceInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}");
    let mut form = Form::new("supply_evidence", &format!("{case}/{condition}"), local_path(&page))
        .typed("text", &text)
        .typed("link", &link)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let input = EvidenceInput { text, link };
    let outcome = match (CaseRef::parse(&case), condition.parse::<i64>()) {
        (Some(case), Ok(number)) => ballot::supply(&form.state().db, &caller, case, number, &input).await,
        _ => Err(Error::NotFound),
    };
    let next = format!("{page}#condition-{condition}");
    form.answer(outcome, local_path(&next), "Your evidence is supplied. The board says whether the condition is met.")
        .await
}

/// Accepts a condition as met. Fields: `owner`, `case` (its reference), `condition` (its number).
#[server(prefix = "/do", endpoint = "accept_condition")]
pub async fn accept_condition(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] condition: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, ballot};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("accept_condition", &format!("{case}/{condition}"), local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), condition.parse::<i64>()) {
        (Some(case), Ok(number)) => ballot::accept(&form.state().db, &caller, case, number).await,
        _ => Err(Error::NotFound),
    };
    let next = format!("{page}#condition-{condition}");
    form.answer(outcome, local_path(&next), &format!("Condition {condition} is met. The partner is told.")).await
}

/// Returns what was supplied for a condition. Fields: `owner`, `case` (its reference), `condition` (its number), `reason`, and
/// `preview`: the id of the field to look at, and nothing is sent.
#[server(prefix = "/do", endpoint = "return_evidence")]
pub async fn return_evidence(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] condition: String,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, ballot};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("return_evidence", &format!("{case}/{condition}"), local_path(&page))
        .typed("reason", &reason)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), condition.parse::<i64>()) {
        (Some(case), Ok(number)) => ballot::return_evidence(&form.state().db, &caller, case, number, &reason).await,
        _ => Err(Error::NotFound),
    };
    let next = format!("{page}#condition-{condition}");
    let done = format!("Condition {condition} is open again. The partner reads why, without your name.");
    form.answer(outcome, local_path(&next), &done).await
}
