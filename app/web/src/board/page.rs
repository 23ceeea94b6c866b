//! The docket of a board member.

use kwanus_service::board;
use leptos::prelude::*;

use crate::ui::{Frame, Monogram, here, refuse};

/// `/docket`
#[component]
pub(crate) fn DocketPage() -> impl IntoView {
    let (state, visit) = here();
    Suspend::new(async move {
        let docket = match visit.caller() {
            Ok(caller) => board::docket(&state.db, caller).await,
            Err(error) => Err(error),
        };
        match docket {
            Ok(docket) => view! {
                <Frame title="Docket" lead="No case needs your position.">
                    <div class="empty">
                        <h2>"No case needs your position"</h2>
                        <p>
                            "A case comes here when a partner submits a justification, somebody proposes a transition, or a review opens, and it is routed to a board of yours: "
                            {docket.boards.into_iter().map(|board| view! { <Monogram board=board.key name=board.name.clone() /> " " {board.name} " " }).collect_view()}
                        </p>
                        <a class="btn" href="/partners">"See the partners"</a>
                    </div>
                </Frame>
            }
            .into_any(),
            Err(error) => refuse(error, &visit),
        }
    })
}
