//! What people do with their account: each a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Signs in. Fields: `email`, `password`, `next` (where to go then, a path of this site).
#[server(prefix = "/do", endpoint = "sign_in")]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), wire::Error> {
    use kwanus_service::{
        account::{self, SignIn, SignedIn},
        session::{HOLDER, Holder},
    };

    use crate::ui::{Form, keep_memories_of, local_path, sign_in_then};

    let page = sign_in_then(&next);
    let form = Form::new("sign_in", "", &page).typed("email", &email);
    let origin = form.visit().origin.clone();
    let before = form.visit().caller.clone();
    let outcome = account::sign_in(&form.state().db, &form.state().hasher, SignIn { email, password }, &origin).await;
    if let Ok(SignedIn { person, credentials_at }) = outcome {
        let session = form.session().clone();
        keep_memories_of(&session, person).await?;
        // Whoever was signed in here before is signed out by this.
        if let Some(before) = before
            && let Err(error) = account::sign_out(&form.state().db, &before).await
        {
            return form.answer::<()>(Err(error), "", "").await;
        }
        let holder = Holder { person, credentials_at, address: origin.address, user_agent: origin.user_agent };
        // A new id: whoever knew the one before knows nothing.
        let signed_in = match session.cycle_id().await {
            Ok(()) => session.insert(HOLDER, holder).await,
            Err(error) => Err(error),
        };
        if let Err(error) = signed_in {
            return form.answer::<()>(Err(kwanus_service::Error::Internal(Box::new(error))), "", "").await;
        }
    }
    form.answer(outcome, local_path(&next), "").await
}

/// Signs out. No fields.
#[server(prefix = "/do", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::Form;

    let form = Form::new("sign_out", "", "/");
    if let Some(caller) = form.visit().caller.clone() {
        // The cookie stays until the browser closes, worth nothing: by it a form that another tab still holds finds its way
        // back to whoever was writing.
        let outcome = account::sign_out(&form.state().db, &caller).await;
        return form.answer(outcome, "/sign-in", "").await;
    }
    form.answer(Ok(()), "/sign-in", "").await
}

/// Sets the first password, or one after a reset. Fields: `token` (of the link), `password`.
#[server(prefix = "/do", endpoint = "set_password")]
pub async fn set_password(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::{Form, local_path};

    let link = format!("/set-password/{token}");
    let page = if token.is_empty() { "/sign-in" } else { local_path(&link) };
    let form = Form::new("set_password", "", page);
    let (state, origin) = (form.state().clone(), form.visit().origin.clone());
    let outcome = account::set_password(&state.db, &state.hasher, &token, &password, &origin).await;
    form.answer(outcome, "/sign-in", "Your password is set. Sign in with it.").await
}

/// Changes one's own password. Fields: `owner`, `current`, `password`.
#[server(prefix = "/do", endpoint = "change_password")]
pub async fn change_password(
    #[server(default)] owner: String,
    #[server(default)] current: String,
    #[server(default)] password: String,
) -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::Form;

    let mut form = Form::new("change_password", "", "/account");
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let state = form.state().clone();
    let outcome = account::change_password(&state.db, &state.hasher, &caller, &current, &password).await;
    form.answer(outcome, "/account", "Your password is changed. Your other sessions have ended.").await
}

/// Changes what one is called. Fields: `owner`, `name`, `revision` (that the form was made from).
#[server(prefix = "/do", endpoint = "change_name")]
pub async fn change_name(
    #[server(default)] owner: String,
    #[server(default)] name: String,
    #[server(default)] revision: String,
) -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::Form;

    let mut form = Form::new("change_name", "", "/account").typed("name", &name);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    // A revision that is no number is none that we gave out: the edit is stale.
    let revision = revision.parse().unwrap_or_default();
    let outcome = account::change_name(&form.state().db, &caller, &name, revision).await;
    form.answer(outcome, "/account", "Your name is changed. Earlier records keep the name that they were made under.")
        .await
}

/// Chooses light, dark or the system's. Fields: `theme`, `next`.
#[server(prefix = "/do", endpoint = "set_theme")]
pub async fn set_theme(#[server(default)] theme: String, #[server(default)] next: String) -> Result<(), wire::Error> {
    use http::{HeaderValue, header};
    use kwanus_domain::account::Theme;
    use kwanus_service::account;

    use crate::ui::{Form, THEME_COOKIE, local_path};

    let theme = Theme::parse(&theme);
    let form = Form::new("set_theme", "", local_path(&next));
    let secure = if form.state().site.is_https { "; Secure" } else { "" };
    let cookie = format!("{THEME_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}", theme.as_str());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        expect_context::<leptos_axum::ResponseOptions>().append_header(header::SET_COOKIE, cookie);
    }
    let outcome = match form.visit().caller.clone() {
        Some(caller) => account::set_theme(&form.state().db, &caller, theme).await,
        None => Ok(()),
    };
    form.answer(outcome, local_path(&next), "").await
}

/// Ends one of one's own sessions. Fields: `session`.
#[server(prefix = "/do", endpoint = "end_session")]
pub async fn end_session(#[server(default)] session: String) -> Result<(), wire::Error> {
    use kwanus_service::{Error, account};

    use crate::ui::Form;

    let mut form = Form::new("end_session", "", "/account");
    // The session says whose it is: nobody ends another's.
    let Some(caller) = form.caller("").await? else { return Ok(()) };
    let outcome = match session.parse() {
        Ok(session) => account::end_session(&form.state().db, &caller, session).await,
        Err(_) => Err(Error::NotFound),
    };
    form.answer(outcome, "/account", "That session has ended.").await
}

/// Ends all of one's own sessions but this one. Fields: `owner`.
#[server(prefix = "/do", endpoint = "end_other_sessions")]
pub async fn end_other_sessions(#[server(default)] owner: String) -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::Form;

    let mut form = Form::new("end_other_sessions", "", "/account");
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = account::end_other_sessions(&form.state().db, &caller).await;
    form.answer(outcome, "/account", "Your other sessions have ended.").await
}

/// Invites somebody, and shows the link once. Fields: `owner`, `name`, `email`, `role` (`member`, `partner`, `administrator`
/// or `auditor`), `board`, `chair` (`on`) and `until` (a date) for a member, whose seat is proposed by that, `partner` (short name) for a partner's user.
#[server(prefix = "/do", endpoint = "add_person")]
pub async fn add_person(
    #[server(default)] owner: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] role: String,
    #[server(default)] board: String,
    #[server(default)] chair: String,
    #[server(default)] until: String,
    #[server(default)] partner: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{
        Violation,
        board::{BoardKey, Seat},
        time::parse_date,
    };
    use kwanus_service::account::{self, AddPerson};

    use crate::ui::Form;

    let mut form = Form::new("add_person", "", "/admin/people")
        .typed("name", &name)
        .typed("email", &email)
        .typed("role", &role)
        .typed("board", &board)
        .typed("chair", &chair)
        .typed("until", &until)
        .typed("partner", &partner);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let mut input = AddPerson { name, email, ..AddPerson::default() };
    let mut violations = Vec::new();
    match &*role {
        "member" => {
            let until = parse_date("until", &until);
            match (BoardKey::parse(&board), until) {
                (Ok(board), Ok(until)) => {
                    let from = form.visit().at.date_naive();
                    input.seats.push(Seat { board, from, until, is_chair: chair == "on" });
                }
                (board, until) => {
                    violations.extend(board.err());
                    violations.extend(until.err());
                }
            }
        }
        "partner" => input.partner = Some(partner.trim().to_owned()),
        "administrator" => input.is_administrator = true,
        "auditor" => input.is_auditor = true,
        _ => violations.push(Violation::new("role", "missing", "Choose a role")),
    }
    let outcome = account::add_person(&form.state().db, &caller, input).await;
    let outcome = match outcome {
        Err(kwanus_service::Error::Invalid(mut others)) if !violations.is_empty() => {
            // What the form alone knows to be missing says it better.
            others.retain(|other| other.field != "role");
            others.extend(violations);
            Err(kwanus_service::Error::Invalid(others))
        }
        outcome => outcome,
    };
    if let Ok(link) = &outcome {
        super::link::give(&link.path());
    }
    let done = if role == "member" {
        "They are invited. Their seat is proposed: it begins once another administrator has confirmed it, with the boards."
    } else {
        "They are invited."
    };
    form.answer(outcome, "/admin/people", done).await
}

/// Bars somebody. Fields: `owner`, `email`.
#[server(prefix = "/do", endpoint = "disable_person")]
pub async fn disable_person(
    #[server(default)] owner: String,
    #[server(default)] email: String,
) -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::Form;

    let mut form = Form::new("change_person", "", "/admin/people");
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = account::disable_person(&form.state().db, &caller, &email).await;
    form.answer(outcome, "/admin/people", "They cannot sign in any more, and their sessions have ended.").await
}

/// Makes somebody's password void and shows a new link once. Fields: `owner`, `email`, `let_in` (`on` where they are barred
/// and are to be let in again).
#[server(prefix = "/do", endpoint = "reset_person")]
pub async fn reset_person(
    #[server(default)] owner: String,
    #[server(default)] email: String,
    #[server(default)] let_in: String,
) -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::Form;

    let mut form = Form::new("change_person", "", "/admin/people");
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = account::reset_person(&form.state().db, &caller, &email, let_in == "on").await;
    if let Ok(link) = &outcome {
        super::link::give(&link.path());
    }
    form.answer(outcome, "/admin/people", "Their password is void, and their sessions have ended.").await
}

/// One's own sessions, for the island that shows them. No fields.
#[server(prefix = "/do", endpoint = "list_sessions")]
pub async fn list_sessions() -> Result<Vec<wire::Session>, wire::Error> {
    use kwanus_service::account;

    let (state, visit) = crate::ui::here();
    let Some(caller) = visit.caller.as_ref() else {
        crate::ui::status(http::StatusCode::UNAUTHORIZED);
        return Err(wire::Error::SignIn);
    };
    match account::list_sessions(&state.db, caller).await {
        Ok((sessions, now)) => Ok(super::page::sessions(sessions, now)),
        Err(error) => {
            tracing::error!(request = visit.request_id, error = error.chain(), "sessions could not be listed");
            Err(wire::Error::Failed)
        }
    }
}
