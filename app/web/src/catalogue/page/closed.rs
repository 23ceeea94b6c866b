//! `/admin/catalogue/proposals`

use kwanus_domain::{catalogue::ProposalId, time::show_instant};
use kwanus_service::permission::{ProposalRow, list_closed};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::trail;
use crate::ui::{Column, DataTable, Frame, Pager, here, refuse};

/// What was proposed, and declined or withdrawn.
#[component]
pub(crate) fn ClosedProposalsPage() -> impl IntoView {
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
        let columns = ["Proposal", "What it would have changed", "What became of it"].map(Column::Text);
        let list = if is_empty {
            view! { <p class="mt-3">"No proposal was declined or withdrawn."</p> }.into_any()
        } else {
            view! { <DataTable caption="Proposals that changed nothing, the newest first" columns>{rows}</DataTable> }
                .into_any()
        };
        let lead = "What was declined by another administrator, or withdrawn by its author. The newest first.";
        view! {
            <Frame title="Proposals that changed nothing" lead trail=trail()>
                {list}
                <Pager path="/admin/catalogue/proposals" is_later=after.is_some() next />
            </Frame>
        }
        .into_any()
    })
}

fn row(row: ProposalRow) -> impl IntoView {
    let href = format!("/admin/catalogue/proposals/{}", row.id);
    let title = format!("{} {}", row.change.label(), row.change.subject());
    let proposed = format!("{}, {}", row.author, show_instant(row.proposed_at));
    let said = row.differences.into_iter().map(|what| view! { <li>{what}</li> }).collect_view();
    let decided = row.decided_by.zip(row.decided_at).map(|(name, at)| format!("{name}, {}", show_instant(at)));
    view! {
        <tr>
            <th scope="row"><a href=href>{title}</a> <span class="sub">{proposed}</span></th>
            <td data-label="What it would have changed"><ul class="plain-list">{said}</ul></td>
            <td data-label="What became of it">
                <span class="tag">{row.state.label()}</span>
                <span class="sub">{decided}</span>
            </td>
        </tr>
    }
}
