//! `/sign-in`

use kwanus_service::{board, installation};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use super::door::about;
use crate::ui::{
    DoneNotice, Door, ErrorSummary, HiddenField, PasswordField, TextField, here, local_path, recall, refuse, see_other,
    take_done,
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
        let over = || "You are signed out. Sign in again, and you go on where you were.".to_owned();
        let done = take_done(&session).await.or_else(|| (visit.former.is_some() && !memory.is_error()).then(over));
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
