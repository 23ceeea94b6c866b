//! What an island asks for that shows a text as it will look.

#![allow(clippy::unused_async, reason = "a server function is asynchronous, whether or not it waits")]

use leptos::prelude::*;

use crate::wire;

/// What a text will look like, for the island beside its field: sanitised HTML. Nothing is kept. Fields: `text`.
#[server(prefix = "/do", endpoint = "preview")]
pub async fn preview(#[server(default)] text: String) -> Result<String, wire::Error> {
    let (_, visit) = crate::ui::here();
    if visit.caller.is_none() {
        crate::ui::status(http::StatusCode::UNAUTHORIZED);
        return Err(wire::Error::SignIn);
    }
    Ok(crate::ui::previewed(&text))
}
