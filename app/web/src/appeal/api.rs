//! What a partner's user does about an appeal: forms that are posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// The page of an appeal: below its submission, or below the integration where it is of a revocation.
#[cfg(feature = "ssr")]
fn page(appealed: &str, partner: &str, integration: &str) -> String {
    if partner.is_empty() {
        format!("/submissions/{appealed}/appeal")
    } else {
        format!("/partners/{partner}/{integration}/appeal/{appealed}")
    }
}

/// Appeals a decision. Fields: `owner`, `case` (that was decided), `partner` and `integration` (short names, of a revocation),
/// `facts` (what is new), `relief` (what is asked for), and `preview`: the id of the field to look at, and nothing is sent.
#[server(prefix = "/do", endpoint = "make_appeal")]
pub async fn make_appeal(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] partner: String,
    #[server(default)] integration: String,
    #[server(default)] facts: String,
    #[server(default)] relief: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{appeal::AppealInput, case::CaseRef};
    use kwanus_service::{Error, appeal};

    use crate::ui::{Form, local_path};

    let page = page(&case, &partner, &integration);
    let mut form =
        Form::new("appeal", &case, local_path(&page)).typed("facts", &facts).typed("relief", &relief).preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(case) => appeal::make(&form.state().db, &caller, case, &AppealInput { facts, relief }).await,
        None => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map(|made| format!("The boards have your appeal, {made}.")).unwrap_or_default();
    form.answer(outcome, local_path(&page), &done).await
}

/// Takes an appeal back from the boards. Fields: `owner`, `case` (the appeal), `appealed` (the case that was decided),
/// `partner` and `integration` (short names, of a revocation), `reason` (why, or nothing).
#[server(prefix = "/do", endpoint = "withdraw_appeal")]
pub async fn withdraw_appeal(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] appealed: String,
    #[server(default)] partner: String,
    #[server(default)] integration: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, appeal};

    use crate::ui::{Form, local_path};

    let page = page(&appealed, &partner, &integration);
    let mut form = Form::new("withdraw_appeal", &case, local_path(&page)).typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match CaseRef::parse(&case) {
        Some(case) => appeal::withdraw(&form.state().db, &caller, case, &reason).await,
        None => Err(Error::NotFound),
    };
    let done = format!("{case} is withdrawn. The boards have stopped.");
    form.answer(outcome, local_path(&page), &done).await
}
