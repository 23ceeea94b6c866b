//! A secret on its way to the one page that shows it once.
//!
//! It travels in a cookie that lives for two minutes, not in the session: the database keeps nothing that opens anything.

use http::{HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::state::State;

/// A cookie of one page.
pub(super) struct Once {
    /// Its name.
    pub(super) cookie: &'static str,
    /// The page to which it is sent, and to no other.
    pub(super) page: &'static str,
}

impl Once {
    /// Sends a secret along to the next page.
    pub(super) fn give(&self, secret: &str) {
        self.set(secret, 120);
    }

    /// Takes out what was sent along. Whatever stands there, anybody may have put it there.
    pub(super) fn take(&self) -> Option<String> {
        let parts = use_context::<http::request::Parts>()?;
        let cookies = parts.headers.get_all(header::COOKIE);
        let secret = cookies
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split("; "))
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| *name == self.cookie)?
            .1;
        self.set("", 0);
        Some(secret.to_owned())
    }

    fn set(&self, value: &str, seconds: u32) {
        let secure = if expect_context::<State>().site.is_https { "; Secure" } else { "" };
        let Self { cookie, page } = self;
        let cookie = format!("{cookie}={value}; Path={page}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
        }
    }
}
