//! Documents that change rarely: whoever has one already is told so, and sent nothing.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::http::asset::short;

/// Five minutes, in which no client needs to ask again.
const CACHE_CONTROL: &str = "public, max-age=300";

/// A document as the site publishes it and the command line prints it.
pub(super) fn text(document: &impl Serialize) -> String {
    format!("{:#}\n", json!(document))
}

/// Answers with a document, or with 304 to whoever has it already.
pub(super) fn document(kind: &'static str, document: &impl Serialize, headers: &HeaderMap) -> Response {
    let text = text(document);
    let tag = format!("\"{}\"", short(Sha256::digest(&text).into()));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok());
    let is_known = known
        .flat_map(|known| known.split(',').map(str::trim))
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag);
    // Weak: the same document may be sent compressed.
    let tag = format!("W/{tag}");
    let head = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, CACHE_CONTROL), (header::ETAG, tag.as_str())];
    if is_known { (StatusCode::NOT_MODIFIED, head).into_response() } else { (head, text).into_response() }
}
