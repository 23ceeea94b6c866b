//! `/evidence/{id}`: a file that was attached. It is another's, so it is saved and not shown, and where a browser shows it all
//! the same, it can do nothing.

use std::io;

use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use futures_util::{Stream, stream};
use kwanus_domain::evidence::{EvidenceFile, EvidenceId};
use kwanus_service::{
    Error,
    evidence::{self, Content, OpenedFile},
};
use kwanus_web::Visit;
use tokio::io::AsyncReadExt;

use super::Shared;

/// How much is read at once, in bytes.
const PIECE: usize = 64 * 1024;

const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");

pub(super) async fn download(
    State(shared): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Response {
    let Ok(id) = id.parse::<EvidenceId>() else { return StatusCode::NOT_FOUND.into_response() };
    let outcome = match &visit.caller {
        Some(caller) => evidence::open(&shared.state.db, &shared.state.vault, caller, id).await,
        None => Err(Error::SignIn),
    };
    match outcome {
        Ok(OpenedFile { file, content }) => answer(&file, content),
        Err(Error::SignIn) => Redirect::to(&format!("/sign-in?next=/evidence/{id}")).into_response(),
        Err(Error::NotFound | Error::Forbidden(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(request = visit.request_id, error = error.chain(), "evidence could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn answer(file: &EvidenceFile, content: Content) -> Response {
    let mut response = Body::from_stream(pieces(content)).into_response();
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.media_type.content_type())),
        (header::CONTENT_LENGTH, HeaderValue::from(file.bytes)),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        // Said, or the compressing layer would do it over, and its length could not be told.
        (header::CONTENT_ENCODING, HeaderValue::from_static("identity")),
    ];
    for (name, value) in fixed {
        headers.insert(name, value);
    }
    if let Ok(disposition) = HeaderValue::from_str(&file.name.disposition()) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// What a file holds, piece by piece.
fn pieces(content: Content) -> impl Stream<Item = io::Result<Vec<u8>>> {
    stream::try_unfold(content.reader, async |mut reader| {
        let mut piece = vec![0; PIECE];
        let length = reader.read(&mut piece).await?;
        piece.truncate(length);
        Ok::<_, io::Error>((length > 0).then_some((piece, reader)))
    })
}
