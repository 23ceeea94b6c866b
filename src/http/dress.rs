//! A page around every error that has none, for whoever reads HTML.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use kwanus_web::error_page;

use super::{Shared, request_id::RequestId, visit::theme};

pub(super) async fn dress(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let accepts_html = request.headers().get(header::ACCEPT).is_none_or(|accept| {
        accept.to_str().is_ok_and(|accept| accept.contains("text/html") || accept.contains("*/*"))
    });
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let theme = theme(request.headers());
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let is_for_machines = path == "/readyz"
        || response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !is_error || is_page || is_for_machines || !accepts_html {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    // A stale session or a failed origin check on a page is a refusal, not a request for credentials.
    if parts.status == StatusCode::UNAUTHORIZED {
        parts.status = StatusCode::FORBIDDEN;
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    let page = error_page(parts.status, &id, theme, &shared.state.site);
    Response::from_parts(parts, Body::from(page))
}
