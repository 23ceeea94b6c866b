//! `/api/v1/submissions`

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kwanus_domain::{
    manifest::{self, Fault, Lint, SubmissionFile},
    partner::Slug,
};
use kwanus_service::{
    account::{Answered, ProgramRequest, Reply},
    submission::{self, SendManifest},
};
use serde::Deserialize;

use super::{
    bearer::ByToken,
    idempotency::{answer, key},
    lint::is_json,
    refused::RefusedToSend,
    submission::{SubmissionDocument, write},
};
use crate::http::{
    Shared,
    problem::{Problem, ProblemFile, refuse},
};

/// Submit a manifest
///
/// Starts a submission for one of the partner's integrations, with everything that the manifest declares, and hands it to the
/// boards: both, or neither. What was granted before and is not in the manifest is given up if the boards carry it. The
/// integration is called and described as it is registered, whatever `name` and `description` say. A problem of what the
/// manifest says has the members `faults` and `findings` of `/api/v1/lint`, up to 50 of each, whose pointers lead into the
/// manifest, and `untold` says how many more there are; nothing of it is submitted then.
///
/// With an `Idempotency-Key`, the same request sent again with the same token gets the same answer, for 24 hours at least,
/// and nothing is done again: whether it was submitted (201), or read and refused (409, 422). Send what you have mended
/// with another key: this one with another body is answered with 422. What does not come so far holds no key, and may be
/// sent again with the same: what is not of the form of a manifest, what is asked without a token or without the right to
/// it, of an integration that is not there, or too often, and what fails by our fault. Of what was refused, 1,000 answers at
/// a time are held for a token: beyond that a refusal is answered and holds no key.
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
            body = ProblemFile, content_type = "application/problem+json",
            headers(("Idempotency-Replayed" = String, description = "`true` where this was answered before."))),
        (status = 422, description = "The manifest cannot be submitted: `faults` and `findings` say why. Or the `Idempotency-Key` is that of another request.",
            body = ProblemFile, content_type = "application/problem+json",
            headers(("Idempotency-Replayed" = String, description = "`true` where this was answered before."))),
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
        request: ProgramRequest { key: key.as_ref(), body: &body, refuse },
        answer: |submission| Reply { status: StatusCode::CREATED.as_u16(), text: write(submission) },
    };
    let answered = submission::send(&shared.state.db, &caller, &input).await?;
    let location = location(&answered).map(|location| [(header::LOCATION, location)]);
    Ok((location, answer(answered)).into_response())
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

/// Where it can be had again, if it was submitted.
fn location(answered: &Answered) -> Option<HeaderValue> {
    /// What leads from an answer to where it can be had again.
    #[derive(Deserialize)]
    struct Named {
        reference: String,
    }

    let (Answered::Now(reply) | Answered::Before(reply)) = answered else { return None };
    let Named { reference } = serde_json::from_str(&reply.text).ok()?;
    format!("/api/v1/submissions/{reference}").parse().ok()
}
