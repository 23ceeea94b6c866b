//! What is suspended at once, and what is proposed about a suspension: forms that are posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Proposes that the suspension of an integration, or of its grants, is lifted. Fields: `owner`, `partner` and `integration`
/// (short names), `what` (`integration`, `grants`), `permissions` (several, with `grants`), `reason`, and `preview`: the id of
/// the field to look at, and nothing is proposed.
#[server(prefix = "/do", endpoint = "propose_lift")]
pub async fn propose_lift(
    #[server(default)] owner: String,
    #[server(default)] partner: String,
    #[server(default)] integration: String,
    #[server(default)] what: String,
    #[server(default)] permissions: Vec<String>,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{
        partner::Slug,
        suspension::{ExtentInput, LiftInput},
    };
    use kwanus_service::{Error, suspension};

    use crate::ui::{Form, local_path};

    let base = format!("/partners/{partner}/{integration}");
    let page = format!("{base}/suspension");
    let mut form = Form::new("suspension", &format!("{partner}/{integration}"), local_path(&page))
        .typed("what", &what)
        .typed("permissions", &permissions.join("\n"))
        .typed("reason", &reason)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let input = LiftInput { extent: ExtentInput { what, permissions }, reason };
    let outcome = match (Slug::parse(&partner), Slug::parse(&integration)) {
        (Ok(partner), Ok(slug)) => suspension::propose_lift(&form.state().db, &caller, (&partner, &slug), &input).await,
        _ => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map(|case| format!("{case} is before the boards.")).unwrap_or_default();
    form.answer(outcome, local_path(&base), &done).await
}

/// Suspends an integration, or grants of it, before any vote. Fields: `owner`, `partner` and `integration` (short names),
/// `what` (`integration`, `grants`), `permissions` (several, with `grants`), `reason`, `has_read` (`yes`: that what stops was
/// read), and `preview`: the id of the field to look at, and nothing is suspended.
#[server(prefix = "/do", endpoint = "suspend_at_once")]
pub async fn suspend_at_once(
    #[server(default)] owner: String,
    #[server(default)] partner: String,
    #[server(default)] integration: String,
    #[server(default)] what: String,
    #[server(default)] permissions: Vec<String>,
    #[server(default)] reason: String,
    #[server(default)] has_read: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{
        partner::Slug,
        suspension::{AtOnceInput, ExtentInput},
    };
    use kwanus_service::{Error, suspension};

    use crate::ui::{Form, local_path};

    let page = format!("/partners/{partner}/{integration}/suspension/emergency");
    let mut form = Form::new("at-once", &format!("{partner}/{integration}"), local_path(&page))
        .typed("what", &what)
        .typed("permissions", &permissions.join("\n"))
        .typed("reason", &reason)
        .typed("has_read", &has_read)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let has_read = has_read == "yes";
    let input = AtOnceInput { extent: ExtentInput { what, permissions }, reason, has_read };
    let outcome = match (Slug::parse(&partner), Slug::parse(&integration)) {
        (Ok(partner), Ok(slug)) => {
            suspension::suspend_at_once(&form.state().db, &caller, (&partner, &slug), &input).await
        }
        _ => Err(Error::NotFound),
    };
    let (next, done) = outcome.as_ref().map_or_else(
        |_| (String::new(), String::new()),
        |case| {
            (
                format!("/cases/{case}"),
                format!("It is suspended. The boards have {case}, to ratify it or to let it lapse."),
            )
        },
    );
    form.answer(outcome, local_path(&next), &done).await
}
