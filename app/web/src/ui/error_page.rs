//! What is shown instead of a page: not permitted, not found, too many requests, our fault.

use http::StatusCode;
use kwanus_domain::account::Theme;
use kwanus_service::Error;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::{
    answer::{here, local_path},
    document::Head,
    frame::{Brand, Frame},
};
use crate::state::Site;

/// Nothing is here, or nothing that this caller may know of.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    view! { <Refusal error=Error::NotFound /> }
}

/// A refusal in the shell of whoever asks. Of a failure only the status is left: the process puts a page around it that
/// needs no data.
#[component]
pub(crate) fn Refusal(error: Error) -> impl IntoView {
    let (_, visit) = here();
    let response = expect_context::<ResponseOptions>();
    let (status, what) = match error {
        Error::Forbidden(who) => (StatusCode::FORBIDDEN, Some(format!("{who}."))),
        Error::NotFound => (StatusCode::NOT_FOUND, None),
        error => {
            tracing::error!(request = visit.request_id, error = error.chain(), "a page failed");
            response.set_status(StatusCode::INTERNAL_SERVER_ERROR);
            return ().into_any();
        }
    };
    response.set_status(status);
    let words = Words::of(status);
    let who = visit.person().map(|person| format!(" You are signed in as {}.", person.name()));
    view! {
        <Frame title=words.title lead=what.unwrap_or_else(|| words.what.to_owned()) + &who.unwrap_or_default()>
            <p class="meta mt-2">{status.as_u16()} " · Reference " <code>{visit.request_id.clone()}</code></p>
            <p class="mt-3">
                <a class="btn" href="/">"Go to your start page"</a>
            </p>
        </Frame>
    }
    .into_any()
}

/// What each status says: what happened, what was kept, what to do.
struct Words {
    title: &'static str,
    what: &'static str,
}

impl Words {
    fn of(status: StatusCode) -> Self {
        let (title, what) = match status.as_u16() {
            400 => (
                "This could not be read",
                "What was sent is not a form of ours. Nothing was changed. Go back and try again.",
            ),
            401 | 403 => (
                "Not permitted",
                "The request did not come from a page of this site, or you may not do this. Nothing was changed. Go back, open the page anew and try again.",
            ),
            404 => ("Not found", "There is nothing here that you can see. Check the address."),
            405 => ("Not done this way", "This address does not take such a request. Nothing was changed."),
            408 | 504 => (
                "It took too long",
                "The answer took too long and was given up. Nothing was shown as done that was not.",
            ),
            413 => ("Too much at once", "What was sent is larger than we accept. Nothing was changed."),
            421 => ("The wrong address", "This site answers to another name. Use the address that you were given."),
            429 => ("Too many attempts", "Wait a little, then try again. Nothing was changed."),
            503 => ("Not ready", "The service is starting or its database is out of reach. Try again in a minute."),
            500.. => (
                "We failed",
                "The fault is ours. Look whether what you did was recorded before you do it again; if it fails again, report the reference below.",
            ),
            _ => ("This did not work", "Nothing was changed. Go back and try again."),
        };
        Self { title, what }
    }
}

/// A whole page for a status that no page of ours has dressed: it needs no data and no session. It leads back to
/// `page_of_form`, the page from which a form was sent, where there is one.
pub fn error_page(
    status: StatusCode,
    request_id: &str,
    page_of_form: Option<&str>,
    theme: Theme,
    site: &std::sync::Arc<Site>,
) -> String {
    let words = Words::of(status);
    let back = match page_of_form.map(local_path) {
        Some(page) if page != "/" => (page.to_owned(), "Go back"),
        _ => ("/".to_owned(), "Go to your start page"),
    };
    let page = Owner::new().with(|| {
        view! {
            <html lang="en" data-theme=theme.as_str()>
                <head>
                    <title>{words.title} " · KWANUS Governance"</title>
                    <Head site=site.clone() />
                </head>
                <body class="plain">
                    <main id="main">
                        <Brand href="/" />
                        <h1 class="mt-4">{words.title}</h1>
                        <p class="mt-1">{words.what}</p>
                        <p class="meta mt-2">
                            {status.as_u16()} " · Reference " <code>{request_id.to_owned()}</code>
                        </p>
                        <p class="mt-2">
                            <a class="btn" href=back.0>{back.1}</a>
                        </p>
                    </main>
                    <footer>
                        <div class="foot">
                            <p>"Version " {site.version} "."</p>
                            <ul>
                                <li><a href="/help">"Help"</a></li>
                                <li><a href="/accessibility">"Accessibility"</a></li>
                                <li><a href="/privacy">"Privacy"</a></li>
                            </ul>
                        </div>
                    </footer>
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!DOCTYPE html>{page}")
}
