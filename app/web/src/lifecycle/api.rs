//! What is proposed about an integration's stage: a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Proposes that an integration moves to another stage. Fields: `owner`, `partner` and `integration` (short names), `to` (a
/// stage), `reason`; to enter Deprecation also `notice`, `migration`, `compatibility`, `testing`, `rollback`, `fallback` and
/// `window` (in months). `preview` is the id of the field to look at, and nothing is proposed.
#[server(prefix = "/do", endpoint = "propose_transition")]
pub async fn propose_transition(
    #[server(default)] owner: String,
    #[server(default)] partner: String,
    #[server(default)] integration: String,
    #[server(default)] to: String,
    #[server(default)] reason: String,
    #[server(default)] notice: String,
    #[server(default)] migration: String,
    #[server(default)] compatibility: String,
    #[server(default)] testing: String,
    #[server(default)] rollback: String,
    #[server(default)] fallback: String,
    #[server(default)] window: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{
        lifecycle::{PlanInput, Topic},
        partner::Slug,
    };
    use kwanus_service::{
        Error,
        lifecycle::{self, TransitionInput},
    };

    use crate::ui::{Form, local_path};

    let base = format!("/partners/{partner}/{integration}");
    let page = format!("{base}/transitions/{to}");
    let texts = [notice, migration, compatibility, testing, rollback, fallback];
    let mut form = Form::new("transition", &format!("{partner}/{integration}/{to}"), local_path(&page))
        .typed("reason", &reason)
        .typed("window", &window)
        .preview(&preview);
    for (topic, text) in Topic::ALL.into_iter().zip(&texts) {
        form = form.typed(topic.field(), text);
    }
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let input = TransitionInput { to, reason, plan: PlanInput { texts, window } };
    let outcome = match (Slug::parse(&partner), Slug::parse(&integration)) {
        (Ok(partner), Ok(slug)) => lifecycle::propose(&form.state().db, &caller, (&partner, &slug), &input).await,
        _ => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map(|case| format!("{case} is before the boards.")).unwrap_or_default();
    form.answer(outcome, local_path(&base), &done).await
}
