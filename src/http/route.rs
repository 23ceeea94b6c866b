//! Every route, and the layers around them.

use std::{pin::Pin, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{self, DefaultBodyLimit, Request},
    http::{StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{MethodRouter, any, get, post},
};
use futures_util::{Stream, StreamExt, stream};
use kwanus_web::{App, State, Visit, has_islands, shell};
use leptos::prelude::{RenderHtml, expect_context, provide_context, use_context};
use leptos_axum::{LeptosRoutes, generate_route_list};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
};
use tower_sessions::Session;

use super::{
    Shared, api, asset, dress, event, evidence, export, guard, header as headers, health, manifest, meeting,
    problem::Problem, request_id, session, upload, visit,
};

/// How much a request may carry.
const BODY_LIMIT: usize = 256 * 1024;
/// How long the head of an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A route as tests walk it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, with its parameters in braces.
    pub path: String,
}

/// What a route for machines stands behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behind {
    /// Nothing.
    Nothing,
    /// The limits of the API. No session is read there, so nothing is done in the name of whoever has signed in, and a request
    /// may come from anywhere: the guard of origins stands before what has sessions. A token is sent by nobody unawares.
    Limits,
    /// The guards and the session.
    Session,
    /// The same, with the room and the time that a file takes.
    Upload,
}

/// The routes for machines: the one table.
fn machine_routes() -> Vec<(&'static str, &'static str, Behind, MethodRouter<Shared>)> {
    vec![
        ("GET", "/healthz", Behind::Nothing, get(health::live)),
        ("GET", "/readyz", Behind::Nothing, get(health::ready)),
        ("GET", "/pkg/{version}/{*path}", Behind::Nothing, get(asset::serve)),
        ("GET", "/api/openapi.json", Behind::Limits, get(api::describe)),
        ("GET", "/api/v1/rules", Behind::Limits, get(api::rules)),
        ("GET", "/api/v1/schema/manifest.json", Behind::Limits, get(api::schema)),
        ("POST", "/api/v1/lint", Behind::Limits, post(api::lint)),
        ("POST", "/api/v1/submissions", Behind::Limits, post(api::submit)),
        ("GET", "/api/v1/submissions/{ref}", Behind::Limits, get(api::submission)),
        ("POST", "/api/v1/integrations/{integration}/versions", Behind::Limits, post(api::record_version)),
        ("GET", "/api/v1/integrations/{integration}/versions", Behind::Limits, get(api::versions)),
        ("GET", "/events", Behind::Session, get(event::stream)),
        ("GET", "/submissions/{case}/manifest.json", Behind::Session, get(manifest::export)),
        (
            "GET",
            "/partners/{partner}/{integration}/versions/{version}/manifest.json",
            Behind::Session,
            get(manifest::version),
        ),
        ("GET", "/boards/{board}/meetings/{date}/agenda.md", Behind::Session, get(meeting::agenda)),
        ("GET", "/boards/{board}/meetings/{date}/minutes.md", Behind::Session, get(meeting::minutes)),
        ("POST", "/export/{name}", Behind::Session, post(export::records)),
        ("GET", "/evidence/{evidence}", Behind::Session, get(evidence::download)),
        ("POST", "/do/attach_evidence", Behind::Upload, post(upload::attach)),
        ("POST", "/do/upload_manifest", Behind::Upload, post(upload::manifest)),
    ]
}

/// Every route: machines', pages, server functions.
#[must_use]
pub fn routes() -> Vec<Route> {
    let machines = machine_routes().into_iter().map(|(method, path, ..)| Route { method, path: path.to_owned() });
    let pages = generate_route_list(App).into_iter().map(|page| Route { method: "GET", path: page.path().to_owned() });
    let functions =
        leptos::server_fn::axum::server_fn_paths().map(|(path, _)| Route { method: "POST", path: path.to_owned() });
    let mut routes: Vec<_> = machines.chain(pages).chain(functions).collect();
    routes.sort();
    routes
}

/// The whole service.
pub fn router(shared: Shared) -> Router {
    let machines = |behind| {
        let routes = machine_routes().into_iter().filter(move |(_, _, those, _)| *those == behind);
        routes.fold(Router::new(), |router, (_, path, _, handler)| router.route(path, handler))
    };
    let api = machines(Behind::Limits)
        .route("/api/", any(async || Problem::Absent))
        .route("/api/{*rest}", any(async || Problem::Absent))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state((shared.clone(), Arc::<api::Limiter>::default()), api::limit));
    let site =
        machines(Behind::Session).route("/do/{*verb}", post(act)).with_state(shared.clone()).merge(pages(&shared));
    // The limit of its own that a form with a file has otherwise is less than that of a request.
    let uploads = machines(Behind::Upload).layer(DefaultBodyLimit::disable()).with_state(shared.clone());
    let uploads = guarded(&shared, uploads, upload::LIMIT)
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, upload::PATIENCE));
    machines(Behind::Nothing)
        .merge(api)
        .with_state(shared.clone())
        .merge(guarded(&shared, site, BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .merge(uploads)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(shared.clone(), dress::dress))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(shared.clone(), headers::secure))
        .layer(from_fn_with_state(shared, request_id::mark))
}

/// What stands behind the guards and has a session, with how much a request may carry.
fn guarded(shared: &Shared, routes: Router, limit: usize) -> Router {
    routes
        .layer(from_fn_with_state(shared.clone(), visit::recognise))
        .layer(session::layer(shared))
        .layer(RequestBodyLimitLayer::new(limit))
        .layer(from_fn_with_state(shared.clone(), guard::origin))
        .layer(from_fn_with_state(shared.clone(), guard::host))
}

/// Pages, and what is not one.
fn pages(shared: &Shared) -> Router {
    let state = shared.state.clone();
    let page = move |request: Request| page(state.clone(), request);
    Router::new()
        .leptos_routes_with_handler(generate_route_list(App), page.clone())
        .fallback(get(page).fallback(async || StatusCode::METHOD_NOT_ALLOWED))
        .with_state(shared.state.site.leptos.clone())
}

/// Renders a page whole. What leptos sends behind a document, for its scripts, is sent only where a script runs.
async fn page(state: State, request: Request) -> Response {
    let document = {
        let state = state.clone();
        move || shell(&state)
    };
    let context = move || {
        provide_context(state.clone());
        provide_request();
    };
    let response = leptos_axum::handle_response_inner(context, document, request, |document, chunks, _| {
        let has_islands = use_context::<Visit>().is_some_and(|visit| has_islands(&visit));
        Box::pin(async move {
            let document = document.to_html_stream_in_order().collect::<String>().await;
            let rest = if has_islands { chunks().collect().await } else { String::new() };
            Box::pin(stream::once(async move { document + &rest })) as Pin<Box<dyn Stream<Item = String> + Send>>
        })
    })
    .await;
    if response.status().is_server_error() { response.status().into_response() } else { response }
}

/// A server function. Its own way of reporting errors, which puts them into the address, is closed: what cannot be read
/// is a 400.
async fn act(extract::State(shared): extract::State<Shared>, request: Request) -> Response {
    let context = move || {
        provide_context(shared.state.clone());
        provide_request();
    };
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    let is_stock = response
        .headers()
        .get(header::LOCATION)
        .is_some_and(|to| to.as_bytes().windows(6).any(|part| part == b"__err="));
    let is_unknown = response.status() == StatusCode::BAD_REQUEST;
    match (is_stock, is_unknown) {
        (true, _) if response.status().is_server_error() => response.status().into_response(),
        (true, _) => StatusCode::BAD_REQUEST.into_response(),
        (_, true) => StatusCode::NOT_FOUND.into_response(),
        _ if response.status().is_client_error() => {
            // The status is all that there is to say: a page is put around it further out.
            let mut headers = response.headers().clone();
            headers.remove(header::CONTENT_TYPE);
            headers.remove(header::CONTENT_LENGTH);
            (response.status(), headers, Body::empty()).into_response()
        }
        _ => response,
    }
}

/// Puts what the layers found out about this request into the context.
fn provide_request() {
    let parts = expect_context::<axum::http::request::Parts>();
    if let Some(visit) = parts.extensions.get::<Visit>() {
        provide_context(visit.clone());
    }
    if let Some(session) = parts.extensions.get::<Session>() {
        provide_context(session.clone());
    }
}

fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let what = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = what.unwrap_or("of unknown kind"), "a request panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_route_is_registered_twice() {
        let all = routes();
        let mut once = all.clone();
        once.dedup();
        assert_eq!(all, once);
    }
}
