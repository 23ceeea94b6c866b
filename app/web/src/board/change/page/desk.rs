//! `/admin/boards`

use std::collections::BTreeSet;

use kwanus_domain::time::show_instant;
use kwanus_service::board::{DeskBoard, ProposalRow, desk};
use leptos::prelude::*;
use tower_sessions::Session;

use super::counted;
use crate::ui::{Column, DataTable, DoneNotice, Frame, Monogram, here, refuse, take_done};

/// The boards with how many they are and how they decide, and what is proposed of them.
#[component]
pub(crate) fn BoardDeskPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    Suspend::new(async move {
        let found = match visit.caller() {
            Ok(caller) => desk(&state.db, caller).await,
            Err(error) => Err(error),
        };
        let found = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let done = take_done(&session).await;
        let seats: usize = found.boards.iter().map(|board| board.members).sum();
        let rows = found.boards.into_iter().map(row).collect_view();
        let columns = [
            Column::Text("Board"),
            Column::Text("Governs"),
            Column::Number("Members"),
            Column::Number("Approvals"),
            Column::Number("Ballot, days"),
            Column::Text("Chair"),
        ];
        let actions = view! { <a class="btn" href="/admin/boards/history">"History of rules"</a> }.into_any();
        let lead = format!(
            "Version {} of the rules. A change needs a second administrator, and a rule takes effect on new ballots only.",
            found.version
        );
        view! {
            <Frame title="Boards and voting rules" lead actions>
                <DoneNotice done />
                <section class="section first" aria-labelledby="boards">
                    <div class="section-head"><h2 id="boards">"Boards"</h2><p>{counted(seats, "seat")}</p></div>
                    <DataTable caption="Boards and their rules" columns class="wide">{rows}</DataTable>
                </section>
                <Waiting rows=found.proposals />
            </Frame>
        }
        .into_any()
    })
}

fn row(board: DeskBoard) -> impl IntoView {
    let DeskBoard { row, members, chair, rules } = board;
    let needed: BTreeSet<_> = rules.iter().map(|rule| rule.threshold.needed(members)).collect();
    let days: BTreeSet<_> = rules.iter().map(|rule| rule.days).collect();
    let href = format!("/admin/boards/{}", row.key);
    let chair = chair.map_or_else(|| "Nobody".to_owned(), |name| name.to_string());
    view! {
        <tr>
            <th scope="row"><Monogram board=row.key /> " " <a class="title" href=href>{row.name}</a></th>
            <td data-label="Governs">{row.mandate}</td>
            <td class="num" data-label="Members">{members}</td>
            <td class="num" data-label="Approvals">{range(&needed)}</td>
            <td class="num" data-label="Ballot, days">{range(&days)}</td>
            <td data-label="Chair">{chair}</td>
        </tr>
    }
}

/// `3`, or `2 to 3` where its rules differ.
fn range<T: std::fmt::Display + Ord>(all: &BTreeSet<T>) -> String {
    match (all.first(), all.last()) {
        (Some(least), Some(most)) if least == most => least.to_string(),
        (Some(least), Some(most)) => format!("{least} to {most}"),
        _ => String::new(),
    }
}

/// What waits for a second administrator, of every board.
#[component]
fn Waiting(rows: Vec<ProposalRow>) -> impl IntoView {
    let count = rows.len();
    let items = rows.into_iter().map(|row| {
        let href = format!("/admin/boards/proposals/{}", row.id);
        let mut said = row.differences.into_iter();
        let first = said.next();
        let others = said.map(|what| view! { <li>{what}</li> }).collect_view();
        view! {
            <li>
                <Monogram board=row.change.board().clone() />
                " "
                <a href=href>{first}</a>
                <ul class="plain-list">{others}</ul>
                <p class="meta">{format!("{}, {}", row.author, show_instant(row.proposed_at))}</p>
            </li>
        }
    });
    let items = items.collect_view();
    let lead = match count {
        0 => "Nothing is proposed.".to_owned(),
        1 => "1 proposal waits for another administrator.".to_owned(),
        _ => format!("{count} proposals wait for another administrator."),
    };
    view! {
        <section class="section mt-4" aria-labelledby="waiting">
            <div class="section-head"><h2 id="waiting">"Waiting for a second signature"</h2><p>{lead}</p></div>
            {(count > 0).then(|| view! { <ul class="stack">{items}</ul> })}
            <p class="mt-2"><a href="/admin/boards/proposals">"See what became of earlier proposals"</a></p>
        </section>
    }
}
