//! `/admin/boards/proposals`

use kwanus_domain::{board::ProposalId, time::show_instant};
use kwanus_service::board::{ProposalRow, list_closed};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::trail;
use crate::ui::{Column, DataTable, Frame, Monogram, Pager, here, refuse};

/// What was proposed of the boards, and what became of it.
#[component]
pub(crate) fn BoardProposalsPage() -> impl IntoView {
    let (state, visit) = here();
    let after = use_query_map().read_untracked().get("after").and_then(|text| text.parse::<ProposalId>().ok());
    Suspend::new(async move {
        let found = match visit.caller() {
            Ok(caller) => list_closed(&state.db, caller, after).await,
            Err(error) => Err(error),
        };
        let page = match found {
            Ok(page) => page,
            Err(error) => return refuse(error, &visit),
        };
        let next = page.next.map(|id| id.to_string());
        let is_empty = page.rows.is_empty();
        let rows = page.rows.into_iter().map(row).collect_view();
        let columns = ["Proposal", "What became of it"].map(Column::Text);
        let list = if is_empty {
            view! { <p class="mt-3">"Nothing has become of any proposal yet."</p> }.into_any()
        } else {
            view! { <DataTable caption="Proposals, the newest first" columns>{rows}</DataTable> }.into_any()
        };
        let lead =
            "What was confirmed or declined by another administrator, or withdrawn by its author. The newest first.";
        view! {
            <Frame title="Earlier proposals" lead trail=trail()>
                {list}
                <Pager path="/admin/boards/proposals" is_later=after.is_some() next />
            </Frame>
        }
        .into_any()
    })
}

fn row(row: ProposalRow) -> impl IntoView {
    let href = format!("/admin/boards/proposals/{}", row.id);
    let board = row.change.board().clone();
    let proposed = format!("{}, {}", row.author, show_instant(row.proposed_at));
    let mut said = row.differences.into_iter();
    let first = said.next();
    let others = said.map(|what| view! { <li>{what}</li> }).collect_view();
    let decided = row.decided_by.zip(row.decided_at).map(|(name, at)| format!("{name}, {}", show_instant(at)));
    view! {
        <tr>
            <th scope="row">
                <Monogram board />
                " "
                <a href=href>{first}</a>
                <ul class="plain-list">{others}</ul>
                <span class="sub">{proposed}</span>
            </th>
            <td data-label="What became of it">
                <span class="tag">{row.state.label()}</span>
                <span class="sub">{decided}</span>
            </td>
        </tr>
    }
}
