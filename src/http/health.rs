//! For whoever watches the process.

use axum::{extract::State, http::StatusCode};
use kwanus_service::installation;

use super::Shared;

/// `/healthz`: the process answers.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// `/readyz`: the database answers and its tables are ours.
pub(super) async fn ready(State(shared): State<Shared>) -> (StatusCode, &'static str) {
    if installation::is_ready(&shared.state.db).await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready: the database does not answer or its tables are not current\n")
    }
}
