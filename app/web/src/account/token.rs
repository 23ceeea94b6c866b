//! What partners' users do with tokens for the API: each a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Creates a token, and shows it once. Fields: `owner`, `key` (stands for the form: sent twice, it creates one token),
/// `token_name`, `read` and `write` (`on`), `ends` (a date).
#[server(prefix = "/do", endpoint = "create_token")]
pub async fn create_token(
    #[server(default)] owner: String,
    #[server(default)] key: String,
    #[server(default)] token_name: String,
    #[server(default)] read: String,
    #[server(default)] write: String,
    #[server(default)] ends: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::account::{IdempotencyKey, Scope};
    use kwanus_service::account::{self, CreateToken};

    use crate::ui::Form;

    let mut form = Form::new("create_token", "", "/account")
        .typed("token_name", &token_name)
        .typed("read", &read)
        .typed("write", &write)
        .typed("ends", &ends);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let scopes = [(read, Scope::ReadSubmissions), (write, Scope::WriteSubmissions)];
    let scopes = scopes.into_iter().filter(|(ticked, _)| ticked == "on").map(|(_, scope)| scope).collect();
    let input = CreateToken { name: token_name, scopes, ends, form: IdempotencyKey::parse(&key).ok() };
    let outcome = account::create_token(&form.state().db, &caller, &input).await;
    if let (Ok(Some(secret)), Some(person)) = (&outcome, form.visit().person()) {
        super::secret::give(person.id(), secret);
    }
    let done = match &outcome {
        Ok(None) => {
            "The token was created already, and a token is shown only once. If you did not copy it, revoke it and create another."
        }
        _ => "The token is created.",
    };
    form.answer(outcome, "/account", done).await
}

/// Makes one of one's own tokens void. Fields: `token`.
#[server(prefix = "/do", endpoint = "revoke_token")]
pub async fn revoke_token(#[server(default)] token: String) -> Result<(), wire::Error> {
    use kwanus_service::{Error, account};

    use crate::ui::Form;

    let mut form = Form::new("revoke_token", "", "/account");
    // The token says whose it is: nobody revokes another's.
    let Some(caller) = form.caller("").await? else { return Ok(()) };
    let outcome = match token.parse() {
        Ok(token) => account::revoke_token(&form.state().db, &caller, token).await,
        Err(_) => Err(Error::NotFound),
    };
    form.answer(outcome, "/account", "The token is revoked. Nothing can be done by it any more.").await
}
