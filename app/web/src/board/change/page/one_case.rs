//! `/admin/boards/{board}/one-case`

use kwanus_domain::board::BoardKey;
use kwanus_service::Error;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{PersonField, ReasonField, editable, trail_of};
use crate::ui::{ErrorSummary, Frame, HiddenField, OwnerField, TextField, here, recall, refuse};

/// The form that proposes somebody for one case of the board with the final word. No other board has one: where too few of its
/// members may take part, that one serves for it.
#[component]
pub(crate) fn OneCasePage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let board = use_params_map().read_untracked().get("board").and_then(|text| BoardKey::parse(&text).ok());
    Suspend::new(async move {
        let found = editable(&state, &visit, board).await;
        let sheet =
            match found.and_then(|sheet| if sheet.row.has_final_word { Ok(sheet) } else { Err(Error::NotFound) }) {
                Ok(sheet) => sheet,
                Err(error) => return refuse(error, &visit),
            };
        let memory = recall(&session, &visit, "ad_hoc", sheet.row.key.as_str()).await;
        let lead = "Where fewer than two of its members may take part, others are appointed for that case alone. Another administrator confirms each.";
        view! {
            <Frame title="Appoint somebody for one case" lead trail=trail_of(&sheet) crumb="One case" is_error=memory.is_error()>
                <ErrorSummary memory=memory.clone() />
                <form class="column mt-3" method="post" action="/do/propose_ad_hoc" novalidate>
                    <OwnerField />
                    <HiddenField name="board" value=sheet.row.key.as_str() />
                    <TextField name="case" label="Case" hint="Its reference, such as LT-2026-0007." value="" memory=memory.clone() autocomplete="off" />
                    <PersonField people=sheet.people memory=memory.clone() />
                    <ReasonField memory />
                    <button class="btn primary">"Propose appointment"</button>
                </form>
            </Frame>
        }
        .into_any()
    })
}
