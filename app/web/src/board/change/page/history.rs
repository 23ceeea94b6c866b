//! `/admin/boards/history`

use kwanus_domain::time::show_instant;
use kwanus_service::board::{VersionRow, history};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::trail;
use crate::ui::{Column, DataTable, Frame, Pager, here, refuse};

/// The versions of the rules: what each changed, who proposed it and who confirmed it.
#[component]
pub(crate) fn RulesHistoryPage() -> impl IntoView {
    let (state, visit) = here();
    let after = use_query_map().read_untracked().get("after").and_then(|text| text.parse::<i64>().ok());
    Suspend::new(async move {
        let found = match visit.caller() {
            Ok(caller) => history(&state.db, caller, after).await,
            Err(error) => Err(error),
        };
        let page = match found {
            Ok(page) => page,
            Err(error) => return refuse(error, &visit),
        };
        let next = page.next.map(|number| number.to_string());
        let rows = page.rows.into_iter().map(row).collect_view();
        let columns =
            [Column::Newest("Version"), Column::Text("What changed"), Column::Text("Why"), Column::Text("Who")];
        let lead = "The newest first. None is ever changed, and each ballot keeps the one that it opened with.";
        view! {
            <Frame title="History of rules" lead trail=trail()>
                <DataTable caption="Versions of the voting rules, the newest first" columns>{rows}</DataTable>
                <Pager path="/admin/boards/history" is_later=after.is_some() next />
            </Frame>
        }
        .into_any()
    })
}

fn row(row: VersionRow) -> impl IntoView {
    let (what, who, why) = match row.made {
        Some(made) => {
            let said = made.differences.into_iter().map(|what| view! { <li>{what}</li> });
            let confirmed = format!("confirmed by {}, {}", made.approver, show_instant(row.made_at));
            let href = format!("/admin/boards/proposals/{}", made.proposal);
            let what = view! {
                <ul class="plain-list">{said.collect_view()}</ul>
                <a href=href>"See the proposal"</a>
            };
            let who = view! { {made.author} <span class="sub">{confirmed}</span> };
            (what.into_any(), who.into_any(), made.reason)
        }
        None => ("As it comes with the program".into_any(), ().into_any(), String::new()),
    };
    view! {
        <tr>
            <th scope="row">{row.number}</th>
            <td data-label="What changed">{what}</td>
            <td data-label="Why"><span class="prose">{why}</span></td>
            <td data-label="Who">{who}</td>
        </tr>
    }
}
