//! `/events`: tells an open page that something changed, and nothing of what.

use std::{convert::Infallible, time::Duration};

use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{StreamExt, stream};
use kwanus_web::Visit;

use super::Shared;
use crate::server::stopped;

/// A stream ends after this long; the browser opens a new one, and is asked anew who it is.
const LONGEST: Duration = Duration::from_mins(10);

pub(super) async fn stream(State(shared): State<Shared>, Extension(visit): Extension<Visit>) -> Response {
    if visit.caller.is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut changes = shared.changes.subscribe();
    changes.mark_unchanged();
    let stop = shared.stop.subscribe();
    let end = Box::pin(async move {
        tokio::select! {
            () = tokio::time::sleep(LONGEST) => {}
            () = stopped(stop) => {}
        }
    });
    let events = stream::unfold(changes, async |mut changes| {
        changes.changed().await.ok()?;
        Some((Ok::<_, Infallible>(Event::default().data("changed")), changes))
    });
    Sse::new(events.take_until(end)).keep_alive(KeepAlive::default()).into_response()
}
