//! The pages of signing in and of one's own account.

use chrono::{DateTime, Utc};
use kwanus_domain::time::{show_ago, show_instant};
use kwanus_service::{account, board, installation};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use tower_sessions::Session;

use super::SessionList;
use crate::{
    ui::{
        DoneNotice, Door, ErrorSummary, Frame, HiddenField, Memory, Monogram, PasswordField, TextField, here,
        local_path, recall, refuse, see_other, take_done,
    },
    wire,
};

/// `/sign-in`
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    let next = local_path(&next).to_owned();
    Suspend::new(async move {
        if visit.person().is_some() {
            see_other(&next);
            return ().into_any();
        }
        let memory = recall(&session, &visit, "sign_in", "").await;
        let done = take_done(&session).await;
        let boards = match board::list(&state.db).await {
            Ok(boards) => boards,
            Err(error) => return refuse(error, &visit),
        };
        let demo = match installation::list_demo_people(&state.db).await {
            Ok(people) => people,
            Err(error) => return refuse(error, &visit),
        };
        let about = about(boards).into_any();
        let is_error = memory.is_error();
        view! {
            <Door title="Sign in" is_error about>
                <h1>"Sign in"</h1>
                <p class="quiet mt-1">"For board members, partners, administrators and auditors."</p>
                <DoneNotice done />
                <ErrorSummary memory=memory.clone() />
                <form class="mt-3" method="post" action="/do/sign_in" novalidate>
                    <HiddenField name="next" value=next.clone() />
                    <TextField name="email" label="Work email address" kind="email" autocomplete="username" value="" memory=memory.clone() />
                    <PasswordField name="password" label="Password" autocomplete="current-password" memory />
                    <button class="btn primary wide">"Sign in"</button>
                </form>
                {(!demo.is_empty()).then(|| demo_people(demo, &next))}
                <p class="section mt-4 quiet small">
                    "Accounts are given by the operator of this installation, by a link to set a password. If you lost yours, ask for a new link. "
                    <a href="/help">"Help"</a>
                </p>
            </Door>
        }
        .into_any()
    })
}

fn about(boards: Vec<board::Board>) -> impl IntoView {
    view! {
        <p class="statement">"Four boards decide what partners may do, and keep the record of why."</p>
        <dl class="remits">
            {boards
                .into_iter()
                .map(|board| {
                    view! {
                        <div>
                            <dt><Monogram board=board.key />{board.name}</dt>
                            <dd>{board.mandate}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

fn demo_people(people: Vec<installation::DemoPerson>, next: &str) -> impl IntoView + use<> {
    let next = next.to_owned();
    let count = people.len();
    // One of each kind at hand, everybody below.
    let mut kinds = Vec::new();
    let (first, others): (Vec<_>, Vec<_>) = people.into_iter().partition(|person| {
        let kind = ["chair", "member", "Partner"]
            .into_iter()
            .find(|kind| person.role.contains(kind))
            .unwrap_or(&person.role)
            .to_owned();
        let is_new = !kinds.contains(&kind);
        kinds.push(kind);
        is_new
    });
    let list = move |people: Vec<installation::DemoPerson>| {
        let entry = |person: installation::DemoPerson| {
            view! {
                <li>
                    <form method="post" action="/do/sign_in">
                        <HiddenField name="next" value=next.clone() />
                        <HiddenField name="email" value=person.email.as_str() />
                        <HiddenField name="password" value=installation::DEMO_PASSWORD />
                        <button class="link-btn">{person.name.to_string()}</button>
                        " "
                        <span class="meta">{person.role}</span>
                    </form>
                </li>
            }
        };
        view! { <ul class="demo-people mt-1">{people.into_iter().map(entry).collect_view()}</ul> }
    };
    view! {
        <section class="section mt-4" aria-labelledby="demo">
            <h2 id="demo">"Try it as"</h2>
            {list(first)}
            <details class="more">
                <summary>"All " {count} " people"</summary>
                {list(others)}
            </details>
            <p class="meta mt-1">"Everybody has the password " <code>{installation::DEMO_PASSWORD}</code></p>
        </section>
    }
}

/// `/set-password/{token}`
#[component]
pub(crate) fn SetPasswordPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    Suspend::new(async move {
        let memory = recall(&session, &visit, "set_password", "").await;
        let boards = match board::list(&state.db).await {
            Ok(boards) => boards,
            Err(error) => return refuse(error, &visit),
        };
        let about = about(boards).into_any();
        match account::lookup_invitation(&state.db, &token).await {
            Ok(invitation) => {
                let is_error = memory.is_error();
                view! {
                    <Door title="Set your password" is_error about>
                        <h1>"Set your password"</h1>
                        <p class="quiet mt-1">"For " {invitation.email.to_string()} ". The link works once, within 24 hours."</p>
                        <ErrorSummary memory=memory.clone() />
                        <form class="mt-3" method="post" action="/do/set_password" novalidate>
                            <HiddenField name="token" value=token />
                            // A password manager files the password under this name.
                            <input type="email" class="vh" value=invitation.email.as_str().to_owned() autocomplete="username" aria-label="Email address" tabindex="-1" readonly />
                            <NewPasswordField memory />
                            <button class="btn primary wide">"Set password"</button>
                        </form>
                    </Door>
                }
                .into_any()
            }
            Err(kwanus_service::Error::NotFound) => {
                expect_context::<leptos_axum::ResponseOptions>().set_status(http::StatusCode::NOT_FOUND);
                view! {
                    <Door title="This link does not work" about>
                        <h1>"This link does not work"</h1>
                        <p class="mt-2">
                            "It was used already, is older than 24 hours, or was replaced by a newer one. Ask whoever sent it for a new link."
                        </p>
                        <p class="mt-2"><a href="/sign-in">"Sign in"</a></p>
                    </Door>
                }
                .into_any()
            }
            Err(error) => refuse(error, &visit),
        }
    })
}

#[component]
fn NewPasswordField(memory: Memory) -> impl IntoView {
    view! {
        <PasswordField
            name="password"
            label="New password"
            hint="At least 12 characters, of any kind. A few words that only you would put together are good. Paste one from a password manager if you like."
            autocomplete="new-password"
            memory
        />
    }
}

/// `/account`
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    Suspend::new(async move {
        let caller = match visit.caller() {
            Ok(caller) => caller,
            Err(error) => return refuse(error, &visit),
        };
        let (list, now) = match account::list_sessions(&state.db, caller).await {
            Ok(list) => list,
            Err(error) => return refuse(error, &visit),
        };
        let name = recall(&session, &visit, "change_name", "").await;
        let password = recall(&session, &visit, "change_password", "").await;
        let done = take_done(&session).await;
        let Some(person) = visit.person().cloned() else { return refuse(kwanus_service::Error::SignIn, &visit) };
        let others = list.iter().filter(|session| !session.is_this).count();
        let lead = match others {
            0 => "You are signed in here and nowhere else.".to_owned(),
            1 => "You are signed in here and in 1 other place.".to_owned(),
            n => format!("You are signed in here and in {n} other places."),
        };
        view! {
            <Frame title="Account" lead is_error=name.is_error() || password.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=name.clone() />
                <ErrorSummary memory=password.clone() />
                <section class="section first" aria-labelledby="sessions">
                    <div class="section-head">
                        <h2 id="sessions">"Where you are signed in"</h2>
                        <p>"A session ends 90 minutes after its last use, and 12 hours after it began."</p>
                    </div>
                    <SessionList sessions=sessions(list, now) />
                    {(others > 0)
                        .then(|| {
                            view! {
                                <form class="mt-2" method="post" action="/do/end_other_sessions">
                                    <button class="btn">"End all other sessions"</button>
                                </form>
                            }
                        })}
                </section>
                <div class="two-up mt-4">
                    <section class="section" aria-labelledby="you">
                        <div class="section-head"><h2 id="you">"Your name"</h2></div>
                        <form method="post" action="/do/change_name" novalidate>
                            <HiddenField name="revision" value=person.revision().to_string() />
                            <TextField name="name" label="Name" hint="As the boards and the records show it." autocomplete="name" value=person.name().as_str() memory=name />
                            <button class="btn">"Change name"</button>
                        </form>
                        <p class="mt-3 small quiet">"You sign in as " {person.email().to_string()} "."</p>
                    </section>
                    <section class="section" aria-labelledby="secret">
                        <div class="section-head"><h2 id="secret">"Password"</h2></div>
                        <form method="post" action="/do/change_password" novalidate>
                            <input type="email" class="vh" value=person.email().as_str().to_owned() autocomplete="username" aria-label="Email address" tabindex="-1" readonly />
                            <PasswordField name="current" label="Current password" autocomplete="current-password" memory=password.clone() />
                            <NewPasswordField memory=password />
                            <button class="btn">"Change password"</button>
                            <p class="mt-2 small quiet">"If you change it, your other sessions end."</p>
                        </form>
                    </section>
                </div>
            </Frame>
        }
        .into_any()
    })
}

/// Sessions in words.
pub(super) fn sessions(sessions: Vec<account::Session>, now: DateTime<Utc>) -> Vec<wire::Session> {
    let moment =
        |at: DateTime<Utc>| wire::Moment { iso: at.to_rfc3339(), text: show_instant(at), ago: show_ago(at, now) };
    sessions
        .into_iter()
        .map(|session| wire::Session {
            id: session.id.to_string(),
            is_this: session.is_this,
            device: device(&session.user_agent),
            address: session.address,
            began: moment(session.created_at),
            seen: moment(session.seen_at),
        })
        .collect()
}

/// What a browser says it is, in two words: enough to tell a phone from a laptop.
fn device(user_agent: &str) -> String {
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => "Another program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_by_its_marks() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1";
        assert_eq!(
            (device(chrome), device(phone), device("curl/8")),
            ("Chrome on Linux".into(), "Safari on iPhone".into(), "Another program".into())
        );
    }
}
