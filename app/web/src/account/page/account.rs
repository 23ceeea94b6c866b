//! `/account`

use kwanus_domain::account::Standing;
use kwanus_service::{Person, account};
use leptos::prelude::*;
use tower_sessions::Session;

use super::{
    door::NewPasswordField,
    session::sessions,
    token::{TokenSection, issued_token},
};
use crate::{
    account::{SessionList, secret},
    board::AccountLinks,
    ui::{
        DoneNotice, ErrorSummary, Frame, HiddenField, OwnerField, PasswordField, TextField, here, recall, refuse,
        take_done,
    },
};

/// `/account`
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    // Read before anything waits: the context is this request's.
    let issued = secret::take(&visit);
    Suspend::new(async move {
        let caller = match visit.caller() {
            Ok(caller) => caller,
            Err(error) => return refuse(error, &visit),
        };
        let (list, now) = match account::list_sessions(&state.db, caller).await {
            Ok(list) => list,
            Err(error) => return refuse(error, &visit),
        };
        let tokens = match visit.person().and_then(Person::partner) {
            None => None,
            Some(_) => match account::list_tokens(&state.db, caller).await {
                Ok(tokens) => Some(tokens),
                Err(error) => return refuse(error, &visit),
            },
        };
        let name = recall(&session, &visit, "change_name", "").await;
        let password = recall(&session, &visit, "change_password", "").await;
        let token = recall(&session, &visit, "create_token", "").await;
        let done = take_done(&session).await;
        let Some(person) = visit.person().cloned() else { return refuse(kwanus_service::Error::SignIn, &visit) };
        let is_of_desk = person.standings().iter().any(|standing| *standing != Standing::PartnerUser);
        // Every page has a form of its own, and each of them makes one token.
        let form = visit.request_id.clone();
        let others = list.iter().filter(|session| !session.is_this).count();
        let lead = match others {
            0 => "You are signed in here and nowhere else.".to_owned(),
            1 => "You are signed in here and in 1 other place.".to_owned(),
            n => format!("You are signed in here and in {n} other places."),
        };
        view! {
            <Frame title="Account" lead is_error=name.is_error() || password.is_error() || token.is_error()>
                <DoneNotice done />
                {issued.map(issued_token)}
                <ErrorSummary memory=name.clone() />
                <ErrorSummary memory=password.clone() />
                <ErrorSummary memory=token.clone() />
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
                                    <OwnerField />
                                    <button class="btn">"End all other sessions"</button>
                                </form>
                            }
                        })}
                </section>
                <div class="two-up mt-4">
                    <section class="section" aria-labelledby="you">
                        <div class="section-head"><h2 id="you">"Your name"</h2></div>
                        <form method="post" action="/do/change_name" novalidate>
                            <OwnerField />
                            <HiddenField name="revision" value=person.revision().to_string() />
                            <TextField name="name" label="Name" hint="As the boards and the records show it." autocomplete="name" value=person.name().as_str() memory=name />
                            <button class="btn">"Change name"</button>
                        </form>
                        <p class="mt-3 small quiet">"You sign in as " {person.email().to_string()} "."</p>
                    </section>
                    <section class="section" aria-labelledby="secret">
                        <div class="section-head"><h2 id="secret">"Password"</h2></div>
                        <form method="post" action="/do/change_password" novalidate>
                            <OwnerField />
                            <input type="email" class="vh" value=person.email().as_str().to_owned() autocomplete="username" aria-label="Email address" tabindex="-1" readonly />
                            <PasswordField name="current" label="Current password" autocomplete="current-password" memory=password.clone() />
                            <NewPasswordField memory=password />
                            <button class="btn">"Change password"</button>
                            <p class="mt-2 small quiet">"If you change it, your other sessions end."</p>
                        </form>
                    </section>
                </div>
                {is_of_desk.then(|| view! { <AccountLinks /> })}
                {tokens.map(|tokens| view! { <TokenSection tokens now memory=token form /> })}
            </Frame>
        }
        .into_any()
    })
}
