//! What each side does in a thread: forms that are posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Asks the partner of a submission for a change. Fields: `owner`, `case` (its reference), `board` (its key, in whose name),
/// `about` (`whole`, or the key of a permission), `text`, and `preview`: the id of the field to look at, and nothing is sent.
#[server(prefix = "/do", endpoint = "ask_for_change")]
pub async fn ask_for_change(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] board: String,
    #[server(default)] about: String,
    #[server(default)] text: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{board::BoardKey, case::CaseRef, time::show_date};
    use kwanus_service::{
        Error,
        request::{self, AskInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("ask_for_change", &case, local_path(&page))
        .typed("board", &board)
        .typed("about", &about)
        .typed("text", &text)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let input = AskInput { about, text };
    let outcome = match (CaseRef::parse(&case), BoardKey::parse(&board)) {
        (Some(case), Ok(board)) => request::ask(&form.state().db, &caller, case, &board, &input).await,
        _ => Err(Error::NotFound),
    };
    let (next, done) = outcome.as_ref().map_or_else(
        |_| (page.clone(), String::new()),
        |asked| {
            let due = show_date(asked.due_at.date_naive());
            let done = format!("Request {} is sent. The partner is to answer by {due}.", asked.number);
            (format!("{page}#request-{}", asked.number), done)
        },
    );
    form.answer(outcome, local_path(&next), &done).await
}

/// Replies in a thread of one's board. Fields: `owner`, `case` (its reference), `request` (its number), `text`, and `preview`:
/// the id of the field to look at, and nothing is sent.
#[server(prefix = "/do", endpoint = "reply_request")]
pub async fn reply_request(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] request: String,
    #[server(default)] text: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, request as service};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("reply_request", &format!("{case}/{request}"), local_path(&page))
        .typed("text", &text)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), request.parse::<i64>()) {
        (Some(case), Ok(number)) => service::reply(&form.state().db, &caller, case, number, &text).await,
        _ => Err(Error::NotFound),
    };
    let next = format!("{page}#request-{request}");
    form.answer(outcome, local_path(&next), "Your reply is added. It is the partner’s turn.").await
}

/// Says that one's board has what it asked for. Fields: `owner`, `case` (its reference), `request` (its number).
#[server(prefix = "/do", endpoint = "resolve_request")]
pub async fn resolve_request(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] request: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, request as service};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("resolve_request", &format!("{case}/{request}"), local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), request.parse::<i64>()) {
        (Some(case), Ok(number)) => service::resolve(&form.state().db, &caller, case, number).await,
        _ => Err(Error::NotFound),
    };
    let next = format!("{page}#request-{request}");
    form.answer(outcome, local_path(&next), &format!("Request {request} is resolved.")).await
}

/// Answers what a board asked of one's partner. Fields: `owner`, `case` (its reference), `request` (its number), `text`, and
/// `preview`: the id of the field to look at, and nothing is sent.
#[server(prefix = "/do", endpoint = "answer_request")]
pub async fn answer_request(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] request: String,
    #[server(default)] text: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, request as service};

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}");
    let mut form = Form::new("answer_request", &format!("{case}/{request}"), local_path(&page))
        .typed("text", &text)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), request.parse::<i64>()) {
        (Some(case), Ok(number)) => service::answer(&form.state().db, &caller, case, number, &text).await,
        _ => Err(Error::NotFound),
    };
    let next = format!("{page}#request-{request}");
    form.answer(outcome, local_path(&next), "Your answer is sent. It is the board’s turn.").await
}
