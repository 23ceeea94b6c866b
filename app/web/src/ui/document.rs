//! The head of every document.

use std::sync::Arc;

use leptos::prelude::*;

use crate::state::Site;

/// What may run and load on a page with islands. `wasm-unsafe-eval` lets WebAssembly compile, and nothing else.
pub(crate) fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Character set, viewport, style and icon.
#[component]
pub(crate) fn Head(site: Arc<Site>) -> impl IntoView {
    view! {
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href=site.asset("kwanus.css") />
        <link rel="icon" type="image/svg+xml" href=site.asset("favicon.svg") />
    }
}
