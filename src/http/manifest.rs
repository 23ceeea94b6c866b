//! `/submissions/{case}/manifest.json`, a submission as a manifest, for its partner; and
//! `/partners/{partner}/{integration}/versions/{version}/manifest.json`, a version on record.

use axum::{
    Extension,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kwanus_domain::{case::CaseRef, manifest::ManifestVersion, partner::Slug};
use kwanus_service::{Error, Result, manifest, submission};
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
    let outcome = outcome.map(|(slug, file)| (format!("{slug}-manifest.json"), format!("{:#}\n", json!(file))));
    answer(outcome, &format!("/submissions/{reference}"), &visit)
}

pub(super) async fn version(
    State(shared): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((partner, integration, version)): Path<(String, String, String)>,
) -> Response {
    let (Ok(partner), Ok(integration)) = (Slug::parse(&partner), Slug::parse(&integration)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let outcome = match (&visit.caller, ManifestVersion::parse(&version)) {
        (Some(caller), Ok(version)) => {
            let text = manifest::export(&shared.state.db, caller, (&partner, &integration), &version).await;
            text.map(|text| (format!("{integration}-{version}-manifest.json"), text))
        }
        (Some(_), Err(_)) => Err(Error::NotFound),
        (None, _) => Err(Error::SignIn),
    };
    answer(outcome, &format!("/partners/{partner}/{integration}/versions"), &visit)
}

/// A manifest as a file of that name; `page` is where somebody goes on who signs in first.
fn answer(outcome: Result<(String, String)>, page: &str, visit: &Visit) -> Response {
    match outcome {
        Ok((name, text)) => {
            let name = format!("attachment; filename=\"{name}\"");
            let head = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
            (head, text).into_response()
        }
        Err(Error::SignIn) => Redirect::to(&format!("/sign-in?next={page}")).into_response(),
        Err(Error::NotFound | Error::Forbidden(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(request = visit.request_id, error = error.chain(), "a manifest could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
