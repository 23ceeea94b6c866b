//! What the API says instead of doing what it was asked: problem documents (RFC 9457), with nothing in them of our inside.

use std::borrow::Cow;

use axum::{
    Extension,
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kwanus_domain::manifest::Lint;
use kwanus_service::{
    Error,
    account::{Refusal, Reply},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::lint::{Excerpt, FaultReport, FindingReport};

/// So many faults and findings of a manifest are told where it is refused, and kept under the name of the request. Whoever
/// wants to read more of them lints it.
const MOST_TOLD: usize = 50;

/// Why the API did not do what it was asked. It answers with the status; the document is put around it by [`spell_out`], as
/// around the statuses that other layers answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// What was sent cannot be read.
    Unreadable,
    /// Nor can this, and why not is known.
    Malformed(String),
    /// The name of the request is none.
    Key,
    /// There is no token, or none that lets anybody in.
    Token,
    /// Whoever asks may not do this; the sentence says why.
    Forbidden(&'static str),
    /// Something stands against it for now; the sentence says what.
    Conflict(String),
    /// It breaks rules; the sentences say which.
    Invalid(String),
    /// It is refused with that status, and what is told of it is known whole.
    Refused(StatusCode, Told),
    /// The name of the request is that of another one.
    Reused,
    /// The query is not the tier of a partner, alone.
    Tier,
    /// There is nothing at this address.
    Absent,
    /// It is not done by this method.
    Method,
    /// More was sent than is read.
    TooLarge,
    /// What was sent does not say that it is JSON.
    MediaType,
    /// The client asks too often.
    TooOften,
    /// Our fault.
    Ours,
    /// It took too long.
    TooSlow,
}

/// What is told of a refusal, now and where the same request is sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told {
    /// What is wrong and what to do.
    detail: String,
    /// Of a manifest: what in it cannot be read as what it should be.
    faults: Option<Vec<FaultReport>>,
    /// Of a manifest: what the rules found in it.
    findings: Option<Vec<FindingReport>>,
    /// Of a manifest: how much more there is of either.
    untold: Option<usize>,
}

/// A problem as it is written (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemFile {
    /// What kind of problem it is: `about:blank`, since the status says it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What the status means.
    title: &'static str,
    /// The status.
    status: u16,
    /// What is wrong and what to do.
    detail: String,
    /// Of a manifest that is not accepted: what cannot be read as what it should be, the first 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<Vec<FaultReport>>,
    /// Of a manifest that is not accepted: what the rules found, the gravest first, and of them the first 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingReport>>,
    /// Of a manifest that is not accepted: how much more there is of either. `/api/v1/lint` tells more.
    #[serde(skip_serializing_if = "Option::is_none")]
    untold: Option<usize>,
    /// The reference of the request, by which we find it in our log. The header `X-Request-Id` holds it too.
    request_id: String,
}

impl Problem {
    fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::Token,
            StatusCode::NOT_FOUND => Self::Absent,
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::MediaType,
            StatusCode::TOO_MANY_REQUESTS => Self::TooOften,
            StatusCode::GATEWAY_TIMEOUT => Self::TooSlow,
            status if status.is_client_error() => Self::Unreadable,
            _ => Self::Ours,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unreadable | Self::Malformed(_) | Self::Key | Self::Tier => StatusCode::BAD_REQUEST,
            Self::Token => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Refused(status, _) => *status,
            Self::Invalid(_) | Self::Reused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Absent => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Ours => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TooSlow => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    fn detail(&self) -> Cow<'static, str> {
        let words = match self {
            Self::Malformed(why) => return format!("What was sent cannot be read: {why}.").into(),
            Self::Forbidden(what) => return format!("{what}.").into(),
            Self::Conflict(what) | Self::Invalid(what) => return format!("{what}.").into(),
            Self::Refused(_, told) => return told.detail.clone().into(),
            Self::Unreadable => "What was sent cannot be read. Nothing was changed.",
            Self::Key => "Send one Idempotency-Key, of 1 to 200 visible ASCII characters, or none.",
            Self::Token => "Send a token that is valid: Authorization: Bearer kwanus_….",
            Self::Reused => "The Idempotency-Key is that of another request. Send this one with a key of its own.",
            Self::Tier => "Say in the query of which tier the partner is, and nothing else: tier=1, tier=2 or tier=3.",
            Self::Absent => "There is nothing here. What there is stands in /api/openapi.json.",
            Self::Method => "Not done this way: the header Allow says which ways there are.",
            Self::TooLarge => "Send at most 256 KiB.",
            Self::MediaType => "Send JSON, and say so: Content-Type: application/json.",
            Self::TooOften => "You ask more often than once a second. Wait as long as the header Retry-After says.",
            Self::Ours => "The fault is ours. If it happens again, report the request_id.",
            Self::TooSlow => "The answer took too long and was given up. Try again later.",
        };
        words.into()
    }

    fn told(self) -> Told {
        match self {
            Self::Refused(_, told) => told,
            problem => Told { detail: problem.detail().into_owned(), faults: None, findings: None, untold: None },
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let challenge = (self == Self::Token).then_some([(header::WWW_AUTHENTICATE, "Bearer")]);
        (self.status(), challenge, Extension(self)).into_response()
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::SignIn => Self::Token,
            Error::NotFound => Self::Absent,
            Error::Forbidden(what) => Self::Forbidden(what),
            Error::Conflict(what) | Error::Gone(what) => Self::Conflict(what),
            error @ Error::Invalid(_) => Self::Invalid(error.to_string()),
            error => {
                tracing::error!(error = error.chain(), "the API failed");
                Self::Ours
            }
        }
    }
}

impl From<Lint> for Problem {
    fn from(lint: Lint) -> Self {
        let detail = "The manifest is not accepted, and nothing was kept: see faults and findings, where advice and what is restricted stand in nobody's way.";
        let Excerpt { faults, findings, untold } = Excerpt::of(&lint, MOST_TOLD);
        let told =
            Told { detail: detail.to_owned(), faults: Some(faults), findings: Some(findings), untold: Some(untold) };
        Self::Refused(StatusCode::UNPROCESSABLE_ENTITY, told)
    }
}

/// A refusal as it is kept under the name of its request. The reference is of each request anew, and is not in it.
pub(super) fn refuse(refusal: Refusal) -> Reply {
    let problem = match refusal {
        Refusal::Manifest(lint) => Problem::from(lint),
        Refusal::Other(error) => error.into(),
    };
    Reply { status: problem.status().as_u16(), text: json!(problem.told()).to_string() }
}

impl From<Reply> for Problem {
    /// A refusal, from what [`refuse`] wrote.
    fn from(reply: Reply) -> Self {
        let told = StatusCode::from_u16(reply.status).ok().zip(serde_json::from_str(&reply.text).ok());
        told.map_or_else(
            || {
                tracing::error!(status = reply.status, "what was answered before cannot be read");
                Self::Ours
            },
            |(status, told)| Self::Refused(status, told),
        )
    }
}

/// Puts a problem document into an answer that is an error, whichever layer it comes from.
pub(super) fn spell_out(response: Response, request_id: String) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = response.extensions().get::<Problem>().cloned().unwrap_or_else(|| Problem::of(status));
    let Told { detail, faults, findings, untold } = problem.told();
    let file = ProblemFile {
        kind: "about:blank",
        title: status.canonical_reason().unwrap_or("Unknown"),
        status: status.as_u16(),
        detail,
        faults,
        findings,
        untold,
        request_id,
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    Response::from_parts(parts, Body::from(format!("{:#}\n", json!(file))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_a_problem_of_its_status() {
        for status in (400..600).filter_map(|status| StatusCode::from_u16(status).ok()) {
            let problem = Problem::of(status);
            assert_eq!(problem.status().is_client_error(), status.is_client_error(), "{status}");
            assert_eq!(Problem::of(problem.status()), problem, "{status}");
        }
    }
}
