//! `/export/records.csv`, `/export/records.json`: posted, since an export is written down.

use axum::{
    Extension, Form,
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::StreamExt;
use kwanus_service::{Error, record};
use kwanus_web::{RecordFields, Visit};

use super::Shared;
use crate::export::{Format, write};

pub(super) async fn records(
    State(shared): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
    Form(fields): Form<RecordFields>,
) -> Response {
    let format = match name.as_str() {
        "records.csv" => Format::Csv,
        "records.json" => Format::Json,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    if !fields.unknown().is_empty() {
        // More than was asked for is not what was asked for.
        return StatusCode::BAD_REQUEST.into_response();
    }
    let outcome = match &visit.caller {
        Some(caller) => record::export(&shared.state.db, caller, &fields.search(), format.as_str()).await,
        None => Err(Error::SignIn),
    };
    let records = match outcome {
        Ok(records) => records,
        Err(Error::SignIn) => return axum::response::Redirect::to("/sign-in?next=/records").into_response(),
        Err(Error::Forbidden(_)) => return StatusCode::FORBIDDEN.into_response(),
        Err(Error::NotFound) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(request = visit.request_id, error = error.chain(), "an export failed");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let request = visit.request_id.clone();
    let pieces = write(records, format).map(move |piece| {
        // What was begun can only be broken off: the client then knows that it is not whole.
        piece.inspect_err(|error| tracing::error!(request, error = error.chain(), "an export broke off"))
    });
    let mut response = Body::from_stream(pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    let file = format!("attachment; filename=\"kwanus-records-{}.{}\"", visit.at.format("%Y-%m-%d"), format.as_str());
    if let Ok(file) = HeaderValue::from_str(&file) {
        headers.insert(header::CONTENT_DISPOSITION, file);
    }
    response
}
