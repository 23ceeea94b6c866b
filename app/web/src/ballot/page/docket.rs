//! `/docket`

use chrono::{DateTime, Utc};
use kwanus_domain::{account::PersonId, board::BoardKey, time::show_date};
use kwanus_service::ballot::{Docket, DocketEntry, Urgency, docket};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use crate::{
    case::case_line,
    place::{read_place, show_place},
    ui::{
        BallotCells, BallotHeads, BallotKeys, DoneNotice, FindingTally, Frame, Monogram, Pager, here, refuse, take_done,
    },
};

/// What needs the position of a board member, the most urgent first.
#[component]
pub(crate) fn DocketPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let after = use_query_map().read_untracked().get("after").and_then(|text| read_place(&text));
    Suspend::new(async move {
        let docket = match visit.caller() {
            Ok(caller) => docket(&state.db, caller, after).await,
            Err(error) => Err(error),
        };
        let docket = match docket {
            Ok(docket) => docket,
            Err(error) => return refuse(error, &visit),
        };
        let done = take_done(&session).await;
        let next = docket.entries.next.map(show_place);
        let lead = lead(&docket);
        let reader = visit.person().map(kwanus_service::Person::id);
        view! {
            <Frame title="Docket" lead>
                <DoneNotice done />
                {if docket.entries.rows.is_empty() {
                    view! { <Empty boards=docket.boards is_later=after.is_some() /> }.into_any()
                } else {
                    view! { <DocketTable docket reader now=visit.at /> }.into_any()
                }}
                <Pager path="/docket" is_later=after.is_some() next />
            </Frame>
        }
        .into_any()
    })
}

fn lead(docket: &Docket) -> String {
    if docket.total.is_zero() {
        return "No case needs your position.".to_owned();
    }
    let many = format!("{} {} your position.", docket.total, docket.total.noun("case needs", "cases need"));
    let late = format!("{} {} overdue", docket.overdue, docket.overdue.noun("is", "are"));
    let soon = format!("{} {} within three days", docket.soon, docket.soon.noun("closes", "close"));
    match (docket.overdue.is_zero(), docket.soon.is_zero()) {
        (true, true) => many,
        (false, true) => format!("{many} {late}."),
        (true, false) => format!("{many} {soon}."),
        (false, false) => format!("{many} {late} and {soon}."),
    }
}

#[component]
fn Empty(boards: Vec<(BoardKey, String)>, is_later: bool) -> impl IntoView {
    if is_later {
        return view! {
            <div class="empty">
                <h2>"Nothing on this page any more"</h2>
                <p>"What stood here was decided, or has your position by now."</p>
                <a class="btn" href="/docket">"See the docket from its beginning"</a>
            </div>
        }
        .into_any();
    }
    let boards = boards.into_iter().map(|(board, name)| view! { <Monogram board name=name.clone() /> " " {name} " " });
    view! {
        <div class="empty">
            <h2>"No case needs your position"</h2>
            <p>
                "A case comes here when a partner submits a justification and it is routed to a board of yours: "
                {boards.collect_view()}
            </p>
            <a class="btn" href="/cases">"See all cases"</a>
        </div>
    }
    .into_any()
}

#[component]
fn DocketTable(docket: Docket, reader: Option<PersonId>, now: DateTime<Utc>) -> impl IntoView {
    let mine: Vec<BoardKey> = docket.boards.iter().map(|(key, _)| key.clone()).collect();
    let several = mine.len() > 1;
    let columns = docket.columns;
    let width = columns.len() + 5;
    let groups = [Urgency::Overdue, Urgency::Soon, Urgency::Later].map(|urgency| {
        let of: Vec<_> = docket.entries.rows.iter().filter(|entry| entry.urgency == urgency).cloned().collect();
        (!of.is_empty()).then(|| {
            let rows = of.into_iter().map(|entry| {
                view! { <DocketRow entry columns=columns.clone() mine=mine.clone() reader now several /> }
            });
            view! {
                <tbody>
                    <tr class="group">
                        <th scope="rowgroup" colspan=width.to_string()>{urgency.label()}</th>
                    </tr>
                    {rows.collect_view()}
                </tbody>
            }
        })
    });
    let groups = groups.into_iter().collect_view();
    view! {
        <div class="table-wrap">
            <table class="data docket">
                <caption class="vh">"Cases that need your position, the most urgent first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Case"</th>
                        <th scope="col">"What is missing"</th>
                        <th scope="col">"Findings"</th>
                        <BallotHeads columns mine />
                        <th scope="col" class="num">"Age"</th>
                        <th scope="col" aria-sort="ascending">"Due"</th>
                    </tr>
                </thead>
                {groups}
            </table>
        </div>
        <BallotKeys />
    }
}

#[component]
fn DocketRow(
    entry: DocketEntry,
    columns: Vec<(BoardKey, String)>,
    mine: Vec<BoardKey>,
    reader: Option<PersonId>,
    now: DateTime<Utc>,
    several: bool,
) -> impl IntoView {
    let href = format!("/cases/{}", entry.reference);
    let what = case_line(entry.reference, entry.what, entry.revision, entry.tier);
    let missing = if entry.is_decisive { format!("{}. Yours decides it", entry.missing) } else { entry.missing };
    let (closes_at, age) = (entry.deadline.closes_at(), (now - entry.submitted_at).num_days());
    let (class, when) = due(closes_at, entry.urgency, now);
    let board = several.then(|| {
        let name = entry.board.monogram();
        view! { <span class="sub">"For " {name}</span> }
    });
    view! {
        <tr>
            <th scope="row" class="case">
                <a class="title" href=href>{format!("{}: {}", entry.partner, entry.integration)}</a>
                <span class="sub"><span class="ref">{entry.reference.to_string()}</span> {what}</span>
                {board}
            </th>
            <td class="miss">{missing}</td>
            <td class="find"><FindingTally findings=entry.findings /></td>
            <BallotCells columns ballots=entry.ballots mine reader is_open=true />
            <td class="num age">{age} " d"</td>
            <td class="due">
                <time datetime=closes_at.format("%Y-%m-%dT%H:%MZ").to_string()>{show_date(closes_at.date_naive())}</time>
                <span class=class>{when}</span>
            </td>
        </tr>
    }
}

/// How far off that is, in whole days.
fn due(closes_at: DateTime<Utc>, urgency: Urgency, now: DateTime<Utc>) -> (&'static str, String) {
    let days = (closes_at.date_naive() - now.date_naive()).num_days();
    match (urgency, days) {
        (Urgency::Overdue, 0) => ("sub late", "overdue since today".to_owned()),
        (Urgency::Overdue, -1) => ("sub late", "1 day overdue".to_owned()),
        (Urgency::Overdue, days) => ("sub late", format!("{} days overdue", -days)),
        (Urgency::Soon, 0) => ("sub soon", format!("today, {} UTC", closes_at.format("%H:%M"))),
        (Urgency::Soon, 1) => ("sub soon", "tomorrow".to_owned()),
        (Urgency::Soon, days) => ("sub soon", format!("in {days} days")),
        (Urgency::Later, days) => ("sub", format!("in {days} days")),
    }
}
