//! `/api/v1/submissions`

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kwanus_domain::{
    account::IdempotencyKey,
    manifest::{self, Fault, Lint, SubmissionFile},
    partner::Slug,
};
use kwanus_service::submission::{self, SendManifest, Sent};
use serde::Deserialize;

use super::{
    bearer::ByToken,
    lint::is_json,
    refused::RefusedToSend,
    submission::{SubmissionDocument, write},
};
use crate::http::{
    Shared,
    problem::{Problem, ProblemFile},
};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that the same was answered before.
pub(super) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Submit a manifest
///
/// Starts a submission for one of the partner's integrations, with everything that the manifest declares, and hands it to the
/// boards: both, or neither. What was granted before and is not in the manifest is given up if the boards carry it. A
/// problem of what the manifest says has the members `faults` and `findings` of `/api/v1/lint`, whose pointers lead into the
/// manifest; nothing is kept then.
///
/// With an `Idempotency-Key`, the same request sent again gets the same answer, for 24 hours at least, and nothing is done
/// again. Only what was submitted is remembered: after a problem, the key is free.
#[utoipa::path(
    post,
    path = "/api/v1/submissions",
    operation_id = "submit",
    tag = "submissions",
    security(("token" = ["submissions:write"])),
    params(
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 200, pattern = "^[!-~]+$",
            description = "A name for this request: 1 to 200 visible ASCII characters."),
    ),
    request_body(
        content = SubmissionFile,
        content_type = "application/json",
        description = "The integration and its manifest, of at most 256 KiB.",
    ),
    responses(
        RefusedToSend,
        (status = 201, description = "The boards have it.", body = SubmissionDocument, content_type = "application/json",
            headers(
                ("Location" = String, description = "Where it can be looked at."),
                ("Idempotency-Replayed" = String, description = "`true` where this was answered before."),
            )),
        (status = 409, description = "A submission for the integration is not decided yet: `detail` names it.",
            body = ProblemFile, content_type = "application/problem+json"),
        (status = 422, description = "The manifest cannot be submitted: `faults` and `findings` say why. Or the `Idempotency-Key` is that of another request.",
            body = ProblemFile, content_type = "application/problem+json"),
    )
)]
pub(in crate::http) async fn submit(
    State(shared): State<Shared>,
    ByToken(caller): ByToken,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    if !is_json(&headers) {
        return Err(Problem::MediaType);
    }
    let key = key(&headers)?;
    let file = read(&body, manifest::parse_submission)?;
    // What is no name in URLs is nobody's.
    let integration = Slug::parse(&file.integration).map_err(|_| Problem::Absent)?;
    let input = SendManifest {
        integration: &integration,
        manifest: &file.manifest,
        key: key.as_ref(),
        body: &body,
        status: StatusCode::CREATED.as_u16(),
        answer: write,
    };
    match submission::send(&shared.state.db, &caller, &input).await? {
        Sent::Submitted { status, answer, is_again } => Ok(submitted(status, answer, is_again)),
        Sent::Refused(lint) => Err(lint.into()),
        Sent::Reused => Err(Problem::Reused),
    }
}

/// The name of the request, if it has one; and only one.
pub(super) fn key(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Problem> {
    let mut keys = headers.get_all(KEY).iter();
    match (keys.next(), keys.next()) {
        (None, _) => Ok(None),
        (Some(key), None) => {
            let key = key.to_str().ok().and_then(|key| IdempotencyKey::parse(key).ok());
            key.map(Some).ok_or(Problem::Key)
        }
        (Some(_), Some(_)) => Err(Problem::Key),
    }
}

/// Reads what was sent. What is wrong within the manifest is told at its place in there.
pub(super) fn read<T>(body: &[u8], parse: fn(&str) -> Result<T, Fault>) -> Result<T, Problem> {
    let text = std::str::from_utf8(body).map_err(|_| Problem::Malformed("it is no text in UTF-8".to_owned()))?;
    parse(text).map_err(|fault| {
        let within = fault.pointer.strip_prefix("/manifest").filter(|rest| rest.is_empty() || rest.starts_with('/'));
        match within.map(ToOwned::to_owned) {
            Some(pointer) => Lint { faults: vec![Fault { pointer, ..fault }], findings: vec![] }.into(),
            None => Problem::Malformed(fault.message),
        }
    })
}

fn submitted(status: u16, answer: String, is_again: bool) -> Response {
    /// What leads from an answer to where it can be had again.
    #[derive(Deserialize)]
    struct Named {
        reference: String,
    }

    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::CREATED);
    let named = serde_json::from_str::<Named>(&answer).ok();
    let location = named.and_then(|named| format!("/api/v1/submissions/{}", named.reference).parse().ok());
    let location = location.map(|location: HeaderValue| [(header::LOCATION, location)]);
    let replayed = is_again.then_some([(REPLAYED, "true")]);
    (status, [(header::CONTENT_TYPE, "application/json")], location, replayed, answer).into_response()
}
