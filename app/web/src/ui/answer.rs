//! Answers that are not simply a page.

use std::sync::PoisonError;

use http::{HeaderValue, Response, StatusCode, header};
use kwanus_service::Error;
use leptos::{
    prelude::*,
    reactive::{computed::ScopedFuture, owner::Owner},
};
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

use super::error_page::Refusal;
use crate::{
    state::{State, Visit},
    wire,
};

/// The installation and the request, from the context.
pub(crate) fn here() -> (State, Visit) {
    (expect_context(), expect_context())
}

/// Lets `act` answer a form like a server function, for a form that none can read.
pub(crate) async fn answer_form(
    state: State,
    visit: Visit,
    session: Session,
    act: impl Future<Output = Result<(), wire::Error>> + Send,
) -> Response<()> {
    let owner = Owner::new();
    let options = ResponseOptions::default();
    let acting = owner.with(|| {
        provide_context(options.clone());
        provide_context(state);
        provide_context(visit);
        provide_context(session);
        ScopedFuture::new(act)
    });
    // What went wrong has set its status, and there is nobody to read more of it.
    let _ = acting.await;
    let said = options.0.read().unwrap_or_else(PoisonError::into_inner).clone();
    let mut response = Response::new(());
    *response.status_mut() = said.status.unwrap_or_default();
    *response.headers_mut() = said.headers;
    response
}

/// Sends the browser to `path`, with GET.
pub(crate) fn see_other(path: &str) {
    let response = expect_context::<ResponseOptions>();
    if let Ok(location) = HeaderValue::from_str(path) {
        response.insert_header(header::LOCATION, location);
        response.set_status(StatusCode::SEE_OTHER);
    }
}

/// A path on this site, or `/`: whatever else stands in a form or a URL leads nowhere.
pub(crate) fn local_path(text: &str) -> &str {
    let is_local = text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains('\\')
        && text.bytes().all(|b| b.is_ascii_graphic())
        && text.len() <= 500;
    if is_local { text } else { "/" }
}

/// What a page shows instead of itself.
pub(crate) fn refuse(error: Error, visit: &Visit) -> AnyView {
    match error {
        Error::SignIn => {
            see_other(&sign_in_then(&visit.path));
            ().into_any()
        }
        error => view! { <Refusal error=error /> }.into_any(),
    }
}

/// The sign-in page that leads on to `path`.
pub(crate) fn sign_in_then(path: &str) -> String {
    match local_path(path) {
        "/" => "/sign-in".to_owned(),
        path => format!("/sign-in?next={}", escape(path)),
    }
}

/// Percent-encodes a path so that it can stand in a query.
pub(super) fn escape(path: &str) -> String {
    path.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for path in ["/", "/account", "/partners?after=a", "/cases/PJ-2026-0001#c1"] {
            assert_eq!(local_path(path), path);
        }
        for path in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/a b",
            "/a\r\nSet-Cookie: x",
        ] {
            assert_eq!(local_path(path), "/", "{path:?}");
        }
    }

    #[test]
    fn a_path_with_a_query_survives_a_query() {
        assert_eq!(escape("/partners?after=a&b"), "/partners%3Fafter%3Da%26b");
    }
}
