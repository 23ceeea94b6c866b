//! The form by which a chair closes a ballot after its date.

use kwanus_domain::{board::BoardKey, case::CaseRef};
use kwanus_service::case::Case;
use leptos::prelude::*;
use tower_sessions::Session;

use crate::{
    state::Visit,
    ui::{DefaultButton, HiddenField, Memory, Monogram, OwnerField, TextArea, Unsent, recall},
};

/// Takes out what a chair typed into the form of each board of a case, whether or not its ballot can be closed now.
pub(crate) async fn recall_closing(session: &Session, visit: &Visit, case: &Case) -> Vec<(BoardKey, Memory)> {
    let mut memories = Vec::with_capacity(case.ballots.len());
    for board in case.ballots.iter().map(|ballot| &ballot.board) {
        let subject = format!("{}/{}", case.reference, board.as_str());
        let mut memory = recall(session, visit, "close_ballot", &subject).await;
        for violation in &mut memory.violations {
            violation.field = "closing".into();
        }
        let may_close = case.closes.contains(board);
        memories.push((board.clone(), if may_close { memory } else { memory.without_fields() }));
    }
    memories
}

/// Says what comes of it before it is done.
#[component]
pub(crate) fn ClosingForm(case: CaseRef, board: BoardKey, may_close: bool, mut memory: Memory) -> impl IntoView {
    if !may_close {
        return view! { <Unsent memory labels=vec![("reason", "Why it is closed")] /> }.into_any();
    }
    let is_begun = memory.is_error() || !memory.typed("reason", "").is_empty();
    // The reason of the position stands on the same page.
    if let Some(reason) = memory.typed.remove("reason") {
        memory.typed.insert("closing".to_owned(), reason);
    }
    let key = board.as_str().to_owned();
    view! {
        <details class="more mt-2" open=is_begun>
            <summary>"Close the ballot of " <Monogram board /></summary>
            <form class="mt-2" method="post" action="/do/close_ballot" novalidate>
                <DefaultButton />
                <OwnerField />
                <HiddenField name="case" value=case.to_string() />
                <HiddenField name="board" value=key />
                <p>"Its date has passed. Closed now, it does not wait for the end of its extension: the board has not carried the case, and where it decides, the case is declined."</p>
                <TextArea
                    name="closing"
                    sent_as="reason"
                    label="Why do you close it?"
                    hint="Kept in the record."
                    value=""
                    memory
                    is_markdown=true
                />
                <button class="btn danger">"Close the ballot"</button>
            </form>
        </details>
    }
    .into_any()
}
