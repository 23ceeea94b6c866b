//! A page around every error that has none, for whoever reads HTML, and a problem document below `/api/`.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use kwanus_web::error_page;
use url::Url;

use super::{Shared, problem, request_id::RequestId, visit::theme};

pub(super) async fn dress(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let accepts_html = request.headers().get(header::ACCEPT).is_none_or(|accept| {
        accept.to_str().is_ok_and(|accept| accept.contains("text/html") || accept.contains("*/*"))
    });
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let theme = theme(request.headers());
    let path = request.uri().path().to_owned();
    let page_of_form = page_of_form(&request);
    let response = next.run(request).await;
    if path.starts_with("/api/") {
        return problem::spell_out(response, id);
    }
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
    let page = error_page(parts.status, &id, page_of_form.as_deref(), theme, &shared.state.site);
    Response::from_parts(parts, Body::from(page))
}

/// The page of this site from which a form was sent, to go back to.
fn page_of_form(request: &Request) -> Option<String> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let referer = Url::parse(header(header::REFERER)?).ok()?;
    let is_ours = request.method() == Method::POST && header(header::HOST) == Some(referer.authority());
    is_ours.then(|| referer[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
}
