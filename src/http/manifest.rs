//! `/submissions/{case}/manifest.json`: a submission as a manifest, for its partner.

use axum::{
    Extension,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kwanus_domain::case::CaseRef;
use kwanus_service::{Error, submission};
use kwanus_web::Visit;
use serde_json::json;

use super::Shared;

pub(super) async fn export(
    State(shared): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(case): Path<String>,
) -> Response {
    let Some(reference) = CaseRef::parse(&case) else { return StatusCode::NOT_FOUND.into_response() };
    let outcome = match &visit.caller {
        Some(caller) => submission::export(&shared.state.db, caller, reference).await,
        None => Err(Error::SignIn),
    };
    match outcome {
        Ok((slug, file)) => {
            let name = format!("attachment; filename=\"{slug}-manifest.json\"");
            let head = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
            (head, format!("{:#}\n", json!(file))).into_response()
        }
        Err(Error::SignIn) => Redirect::to(&format!("/sign-in?next=/submissions/{reference}")).into_response(),
        Err(Error::NotFound | Error::Forbidden(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(request = visit.request_id, error = error.chain(), "a manifest could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
