//! `/records`

use kwanus_domain::{ballot::Outcome, time::show_date};
use kwanus_service::{
    board,
    record::{ListedRecord, list},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::RecordFields;
use crate::{
    place::{read_place, show_place},
    ui::{Column, DataTable, FilterForm, Frame, HiddenField, Monogram, Pager, here, refuse},
};

/// What was decided, with what it was decided on; administrators take it out as files.
#[component]
pub(crate) fn RecordsPage() -> impl IntoView {
    let (state, visit) = here();
    let query = use_query_map().read_untracked().clone();
    let word = |name: &str| query.get(name).unwrap_or_default();
    let fields = RecordFields {
        outcome: word("outcome"),
        kind: word("kind"),
        board: word("board"),
        partner: word("partner"),
        from: word("from"),
        until: word("until"),
    };
    let before = query.get("after").and_then(|text| read_place(&text));
    Suspend::new(async move {
        let found = match visit.caller() {
            Ok(caller) => list(&state.db, caller, &fields.search(), before).await,
            Err(error) => Err(error),
        };
        let ((page, may_export), boards) = match (found, board::list(&state.db).await) {
            (Ok(found), Ok(boards)) => (found, boards),
            (Err(error), _) | (_, Err(error)) => return refuse(error, &visit),
        };
        let boards: Vec<_> = boards.into_iter().map(|board| (board.key, board.name)).collect();
        let is_filtered = !fields.said().is_empty();
        let next = page.next.map(show_place);
        let content = if page.rows.is_empty() {
            let (title, why) = match (is_filtered, before.is_some()) {
                (_, true) => ("Nothing on this page", "The list ends before it."),
                (true, _) => ("No record matches", "Take a filter away, or look for less."),
                (false, _) => ("No record yet", "A record stands here once the boards have decided on a case."),
            };
            view! {
                <div class="empty">
                    <h2>{title}</h2>
                    <p>{why}</p>
                    <a class="btn" href="/records">"See all records"</a>
                </div>
            }
            .into_any()
        } else {
            view! { <RecordTable rows=page.rows /> }.into_any()
        };
        let export = may_export.then(|| view! { <Export fields=fields.clone() /> });
        view! {
            <Frame title="Records" lead="What was decided, with what it was decided on, the newest decision first.">
                <FilterForm action="/records" label="Filter the records" filters=fields.form(&boards) unknown=fields.unknown() />
                {content}
                <Pager path="/records" query=fields.said() is_later=before.is_some() next />
                {export}
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn RecordTable(rows: Vec<ListedRecord>) -> impl IntoView {
    let rows = rows.into_iter().map(|record| {
        let href = format!("/cases/{}", record.reference);
        let class = match record.outcome {
            Outcome::Carried => "tag good",
            Outcome::Declined => "tag crit",
            Outcome::Reviewed(_) => "tag",
        };
        let what = record.facts.matter();
        let boards = record.facts.ballots.iter().map(|ballot| {
            let count = match &ballot.verdict {
                Some(verdict) => format!("{} ", verdict.rung.label()),
                None => format!("{} of {} ", ballot.tally.approvals, ballot.needed()),
            };
            view! { <Monogram board=ballot.board.clone() /> " " {count} }
        });
        let boards = boards.collect_view();
        let line = format!(
            " · {}, revision {} · rules {}",
            record.reference.kind.short_label(),
            record.facts.revision,
            record.facts.rules_version
        );
        view! {
            <tr>
                <th scope="row">
                    <a class="title" href=href>{format!("{}: {}", record.facts.partner, record.facts.integration)}</a>
                    <span class="sub"><span class="ref">{record.reference.to_string()}</span> {line}</span>
                </th>
                <td data-label="What"><span>{what}</span></td>
                <td data-label="Outcome"><span class=class>{record.outcome.label()}</span></td>
                <td data-label="Boards"><span>{boards}</span></td>
                <td data-label="Decided" class="nowrap">{show_date(record.decided_at.date_naive())}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = [
        Column::Text("Case"),
        Column::Text("What"),
        Column::Text("Outcome"),
        Column::Text("Boards"),
        Column::Newest("Decided"),
    ];
    view! {
        <DataTable caption="Records, the newest decision first" class="wide mt-3" columns>{rows}</DataTable>
    }
}

/// The filtered set as a file. That it was taken is written into the log.
#[component]
fn Export(fields: RecordFields) -> impl IntoView {
    let hidden = || {
        let fields = fields.said().into_iter().map(|(name, value)| view! { <HiddenField name value /> });
        fields.collect_view()
    };
    view! {
        <section class="section mt-4" aria-labelledby="h-export">
            <div class="section-head"><h2 id="h-export">"Export"</h2></div>
            <p>"Every record that matches the filter, on this page or not. Each export is an event in the log."</p>
            <div class="actions mt-2">
                <form method="post" action="/export/records.csv">
                    {hidden()}
                    <button class="btn">"Export as CSV"</button>
                </form>
                <form method="post" action="/export/records.json">
                    {hidden()}
                    <button class="btn">"Export as JSON"</button>
                </form>
            </div>
        </section>
    }
}
