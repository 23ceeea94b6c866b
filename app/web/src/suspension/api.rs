//! What is proposed about a suspension: a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Proposes that the suspension of an integration is lifted. Fields: `owner`, `partner` and `integration` (short names),
/// `reason`, and `preview`: the id of the field to look at, and nothing is proposed.
#[server(prefix = "/do", endpoint = "propose_lift")]
pub async fn propose_lift(
    #[server(default)] owner: String,
    #[server(default)] partner: String,
    #[server(default)] integration: String,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::partner::Slug;
    use kwanus_service::{Error, suspension};

    use crate::ui::{Form, local_path};

    let base = format!("/partners/{partner}/{integration}");
    let page = format!("{base}/suspension");
    let mut form = Form::new("suspension", &format!("{partner}/{integration}"), local_path(&page))
        .typed("reason", &reason)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (Slug::parse(&partner), Slug::parse(&integration)) {
        (Ok(partner), Ok(slug)) => {
            suspension::propose_lift(&form.state().db, &caller, (&partner, &slug), &reason).await
        }
        _ => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map(|case| format!("{case} is before the boards.")).unwrap_or_default();
    form.answer(outcome, local_path(&base), &done).await
}
