//! Saying when a decision is looked at again: a form that is posted to `/do/set_revisit`.

use leptos::prelude::*;

use crate::wire;

/// Sets the day on which the boards look at a decision again. Fields: `owner`, `case`, `day` (none takes it off), `reason`, and
/// `preview`: the id of the field to look at, and nothing is set.
#[server(prefix = "/do", endpoint = "set_revisit")]
pub async fn set_revisit(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] day: String,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, revisit};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let form = Form::new("set_revisit", &case, local_path(&page)).typed("day", &day).typed("reason", &reason);
    let mut form = form.preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(case) => revisit::set(&form.state().db, &caller, case, &day, &reason).await,
        None => Err(Error::NotFound),
    };
    let done = if day.trim().is_empty() { "The day is taken off." } else { "The day is set." };
    form.answer(outcome, local_path(&page), done).await
}
