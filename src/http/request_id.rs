//! A name for each request, in the log, on error pages and in a header; and the line in the log.

use std::time::Instant;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

use super::Shared;

/// How the request is called.
#[derive(Clone, Debug)]
pub(super) struct RequestId(pub(super) String);

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Easy to read out on the telephone: no I, O, 0 or 1.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

pub(super) async fn mark(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let mut bytes = [0_u8; 10];
    shared.environment.fill(&mut bytes);
    let id: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    // The path alone: a query can hold what somebody typed. The one path that holds a secret is cut.
    let path = match request.uri().path() {
        path if path.starts_with("/set-password/") => "/set-password/…".to_owned(),
        path => path.to_owned(),
    };
    let began = Instant::now();
    let span = tracing::info_span!("request", id);
    let mut response = next.run(request).instrument(span).await;
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(id, %method, path, status = response.status().as_u16(), milliseconds, "answered");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
