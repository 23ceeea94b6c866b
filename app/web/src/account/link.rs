//! The one-time link of somebody invited, on its way to the page that shows it once.
//!
//! It travels in a cookie that lives for two minutes, not in the session: the database keeps no link that opens anything.

use http::{HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::state::{State, Visit};

const COOKIE: &str = "issued_link";
const PAGE: &str = "/admin/people";

/// Sends the link along to the next page.
pub(super) fn give(path: &str) {
    set(path, 120);
}

/// Takes the link out, as a whole address, for an administrator.
pub(super) fn take(visit: &Visit) -> Option<String> {
    visit.administrator().ok()?;
    let parts = use_context::<http::request::Parts>()?;
    let cookies = parts.headers.get_all(header::COOKIE);
    let path = cookies
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split("; "))
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == COOKIE)?
        .1;
    set("", 0);
    // Whatever else stands there is not one of ours.
    let token = path.strip_prefix("/set-password/")?;
    let is_ours = token.bytes().all(|b| b.is_ascii_hexdigit());
    is_ours.then(|| format!("{}{path}", visit.base))
}

fn set(value: &str, seconds: u32) {
    let secure = if expect_context::<State>().site.is_https { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path={PAGE}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
    }
}
