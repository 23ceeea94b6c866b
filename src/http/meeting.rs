//! `/boards/{board}/meetings/{date}/agenda.md` and `minutes.md`: a meeting as Markdown files, saved and not shown.

use axum::{
    Extension,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kwanus_domain::{board::BoardKey, time::parse_date};
use kwanus_service::{
    Error,
    meeting::{self, Meeting, agenda_markdown, minutes_markdown},
};
use kwanus_web::Visit;

use super::Shared;

pub(super) async fn agenda(
    State(shared): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(place): Path<(String, String)>,
) -> Response {
    answer(&shared, &visit, &place, "agenda", agenda_markdown).await
}

pub(super) async fn minutes(
    State(shared): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(place): Path<(String, String)>,
) -> Response {
    answer(&shared, &visit, &place, "minutes", minutes_markdown).await
}

async fn answer(
    shared: &Shared,
    visit: &Visit,
    (board, day): &(String, String),
    what: &str,
    write: fn(&Meeting) -> String,
) -> Response {
    let key = BoardKey::parse(board).ok().filter(|key| key.as_str() == board);
    let date = parse_date("date", day).ok().flatten().filter(|date| date.to_string() == *day);
    let Some((board, day)) = key.zip(date) else { return StatusCode::NOT_FOUND.into_response() };
    let outcome = match &visit.caller {
        Some(caller) => meeting::lookup(&shared.state.db, caller, &board, day).await,
        None => Err(Error::SignIn),
    };
    match outcome {
        Ok(meeting) => {
            let name = format!("attachment; filename=\"{board}-{day}-{what}.md\"");
            let head = [
                (header::CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
                (header::CACHE_CONTROL, "private, no-store".to_owned()),
            ];
            (head, write(&meeting)).into_response()
        }
        Err(Error::SignIn) => Redirect::to(&format!("/sign-in?next=/boards/{board}/meetings/{day}")).into_response(),
        Err(Error::NotFound | Error::Forbidden(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(request = visit.request_id, error = error.chain(), "a meeting could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
