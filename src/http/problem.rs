//! What the API says instead of doing what it was asked: problem documents (RFC 9457), with nothing in them of our inside.

use axum::{
    Extension,
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kwanus_service::Error;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

/// Why the API did not do what it was asked. It answers with the status; the document is put around it by [`spell_out`], as
/// around the statuses that other layers answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// What was sent cannot be read.
    Unreadable,
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
    detail: &'static str,
    /// The reference of the request, by which we find it in our log. The header `X-Request-Id` holds it too.
    request_id: String,
}

impl Problem {
    fn of(status: StatusCode) -> Self {
        match status {
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

    fn status(self) -> StatusCode {
        match self {
            Self::Unreadable | Self::Tier => StatusCode::BAD_REQUEST,
            Self::Absent => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Ours => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TooSlow => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    fn detail(self) -> &'static str {
        match self {
            Self::Unreadable => "What was sent cannot be read. Nothing was changed.",
            Self::Tier => "Say in the query of which tier the partner is, and nothing else: tier=1, tier=2 or tier=3.",
            Self::Absent => "There is nothing here. What there is stands in /api/openapi.json.",
            Self::Method => "Not done this way: the header Allow says which ways there are.",
            Self::TooLarge => "Send at most 256 KiB.",
            Self::MediaType => "Send JSON, and say so: Content-Type: application/json.",
            Self::TooOften => "You ask more often than once a second. Wait as long as the header Retry-After says.",
            Self::Ours => "The fault is ours. If it happens again, report the request_id.",
            Self::TooSlow => "The answer took too long and was given up. Try again later.",
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status(), Extension(self)).into_response()
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::Absent,
            error => {
                tracing::error!(error = error.chain(), "the API failed");
                Self::Ours
            }
        }
    }
}

/// Puts a problem document into an answer that is an error, whichever layer it comes from.
pub(super) fn spell_out(response: Response, request_id: String) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = response.extensions().get().copied().unwrap_or_else(|| Problem::of(status));
    let file = ProblemFile {
        kind: "about:blank",
        title: status.canonical_reason().unwrap_or("Unknown"),
        status: status.as_u16(),
        detail: problem.detail(),
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
