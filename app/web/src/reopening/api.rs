//! What members do towards reopening a case: forms that are posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Proposes to reopen a declined case. Fields: `owner`, `case`, `reason` (what is new), and `preview`: the id of the field to
/// look at, and nothing is proposed.
#[server(prefix = "/do", endpoint = "propose_reopening")]
pub async fn propose_reopening(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, reopening};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("propose_reopening", &case, local_path(&page)).typed("reason", &reason).preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(case) => reopening::propose(&form.state().db, &caller, case, &reason).await,
        None => Err(Error::NotFound),
    };
    form.answer(outcome, local_path(&page), "It is proposed. A second member confirms it within 14 days.").await
}

/// Confirms what another member proposed. Fields: `owner`, `case`.
#[server(prefix = "/do", endpoint = "confirm_reopening")]
pub async fn confirm_reopening(
    #[server(default)] owner: String,
    #[server(default)] case: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, reopening};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("confirm_reopening", &case, local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(case) => reopening::confirm(&form.state().db, &caller, case).await,
        None => Err(Error::NotFound),
    };
    let (next, done) = outcome.as_ref().map_or_else(
        |_| (String::new(), String::new()),
        |opened| (format!("/cases/{opened}"), format!("{case} is reopened: the boards have {opened}.")),
    );
    form.answer(outcome, local_path(&next), &done).await
}
