//! What a member does on a ballot: a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Takes a position on a board's ballot. Fields: `owner`, `case` (its reference), `board` (its key), `revision` (that was
/// read), `position` (`approve`, `object`, `abstain`; of a review `continue`, `conditions`, `reduce`, `maintenance`, `suspend`,
/// `abstain`), `permissions` (several, with `reduce`), `reason`, and `preview`: the id of the field to look at, and no position
/// is taken.
#[server(prefix = "/do", endpoint = "take_position")]
pub async fn take_position(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] board: String,
    #[server(default)] revision: String,
    #[server(default)] position: String,
    #[server(default)] permissions: Vec<String>,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{board::BoardKey, case::CaseRef};
    use kwanus_service::{
        Error,
        ballot::{self, PositionInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("position", &format!("{case}/{board}"), local_path(&page))
        .typed("position", &position)
        .typed("permissions", &permissions.join(","))
        .typed("reason", &reason)
        .preview(&preview)
        .made_from("revision", &revision);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let input = PositionInput { stance: position, reason, permissions, revision: revision.parse().unwrap_or_default() };
    let outcome = match (CaseRef::parse(&case), BoardKey::parse(&board)) {
        (Some(case), Ok(board)) => ballot::take_position(&form.state().db, &caller, case, &board, &input).await,
        _ => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map_or_else(
        |_| String::new(),
        |recorded| {
            let decided = recorded
                .outcome
                .map_or_else(String::new, |outcome| format!(" {case} is decided: {}.", outcome.label().to_lowercase()));
            format!("Your position is recorded: {}.{decided}", recorded.stance.label().to_lowercase())
        },
    );
    form.answer(outcome, local_path(&page), &done).await
}
