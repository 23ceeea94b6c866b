//! `/admin/boards/{board}/terms/{seat}`

use kwanus_domain::{
    board::{BoardKey, SeatId},
    time::show_date,
};
use kwanus_service::Error;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{ReasonField, editable, trail_of};
use crate::ui::{ErrorSummary, Frame, HiddenField, OwnerField, TextField, here, recall, refuse};

/// The form that proposes that a term ends sooner.
#[component]
pub(crate) fn TermPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let board = use_params_map().read_untracked().get("board").and_then(|text| BoardKey::parse(&text).ok());
    let seat = use_params_map().read_untracked().get("seat").and_then(|text| text.parse::<SeatId>().ok());
    Suspend::new(async move {
        let found = editable(&state, &visit, board).await.and_then(|sheet| {
            let term = sheet.terms.iter().find(|term| Some(term.id) == seat).cloned();
            term.map(|term| (sheet, term)).ok_or(Error::NotFound)
        });
        let (sheet, term) = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "end_term", &term.id.to_string()).await;
        let title = format!("End the term of {}", term.name);
        let ends =
            term.seat.until.map_or_else(|| "has no end".to_owned(), |until| format!("ends on {}", show_date(until)));
        let lead = format!(
            "It began or begins on {} and {ends}. Another administrator confirms that it ends sooner.",
            show_date(term.seat.from)
        );
        view! {
            <Frame title lead trail=trail_of(&sheet) crumb=term.name.to_string() is_error=memory.is_error()>
                <ErrorSummary memory=memory.clone() />
                <form class="column mt-3" method="post" action="/do/propose_end" novalidate>
                    <OwnerField />
                    <HiddenField name="board" value=sheet.row.key.as_str() />
                    <HiddenField name="seat" value=term.id.to_string() />
                    <TextField name="until" label="Last day of the term" kind="date" hint="Today, or later. It ends at 24:00 UTC." value="" memory=memory.clone() autocomplete="off" />
                    <ReasonField memory />
                    <button class="btn primary">"Propose to end it"</button>
                </form>
            </Frame>
        }
        .into_any()
    })
}
