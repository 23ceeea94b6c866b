//! `/set-password/{token}`

use kwanus_service::{account, board};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::door::{NewPasswordField, about};
use crate::ui::{Door, ErrorSummary, HiddenField, here, recall, refuse};

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
                        <p class="meta mt-2">"404 · Reference " <code>{visit.request_id}</code></p>
                    </Door>
                }
                .into_any()
            }
            Err(error) => refuse(error, &visit),
        }
    })
}
