//! `Idempotency-Key`: a request that may be sent again, and is answered once
//! (draft-ietf-httpapi-idempotency-key-header).

use axum::{
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use kwanus_domain::account::IdempotencyKey;
use kwanus_service::account::Answered;

use crate::http::problem::Problem;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that the same was answered before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

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

/// Answers what came of a request, now or before.
pub(super) fn answer(answered: Answered) -> Response {
    let (reply, is_again) = match answered {
        Answered::Now(reply) => (reply, false),
        Answered::Before(reply) => (reply, true),
        Answered::Reused => return Problem::Reused.into_response(),
    };
    let replayed = is_again.then_some([(REPLAYED, "true")]);
    match StatusCode::from_u16(reply.status) {
        Ok(status) if status.is_success() => {
            (status, [(header::CONTENT_TYPE, "application/json")], replayed, reply.text).into_response()
        }
        _ => (replayed, Problem::from(reply)).into_response(),
    }
}
