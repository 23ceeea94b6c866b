//! What one does with one's inbox: forms that are posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Marks a notice of one's own as read. Fields: `owner`, `notice` (its identifier).
#[server(prefix = "/do", endpoint = "mark_notice_read")]
pub async fn mark_notice_read(
    #[server(default)] owner: String,
    #[server(default)] notice: String,
) -> Result<(), wire::Error> {
    use kwanus_service::{Error, notice as service};

    use crate::ui::Form;

    let mut form = Form::new("mark_notice_read", "", "/inbox");
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match notice.parse() {
        Ok(notice) => service::mark_read(&form.state().db, &caller, notice).await,
        Err(_) => Err(Error::NotFound),
    };
    form.answer(outcome, "/inbox", "The notice is marked as read.").await
}

/// Marks all of one's notices as read that one has seen. Fields: `owner`, `until` (the identifier of the newest of them).
#[server(prefix = "/do", endpoint = "mark_all_notices_read")]
pub async fn mark_all_notices_read(
    #[server(default)] owner: String,
    #[server(default)] until: String,
) -> Result<(), wire::Error> {
    use kwanus_service::{Error, notice as service};

    use crate::ui::Form;

    let mut form = Form::new("mark_all_notices_read", "", "/inbox");
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match until.parse() {
        Ok(until) => service::mark_all_read(&form.state().db, &caller, until).await,
        Err(_) => Err(Error::NotFound),
    };
    form.answer(outcome, "/inbox", "Your notices are marked as read.").await
}

/// Chooses how one is told by e-mail. Fields: `owner`, `delivery` (`at_once`, `digest` or `inbox_only`).
#[server(prefix = "/do", endpoint = "set_delivery")]
pub async fn set_delivery(
    #[server(default)] owner: String,
    #[server(default)] delivery: String,
) -> Result<(), wire::Error> {
    use kwanus_service::notice as service;

    use crate::ui::Form;

    let mut form = Form::new("set_delivery", "", "/inbox").typed("delivery", &delivery);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = service::set_delivery(&form.state().db, &caller, &delivery).await;
    form.answer(outcome, "/inbox", "Your choice of email is kept.").await
}
