//! The docket as a table: its groups, its rows, and what is selected.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{Ask, MOST_AT_ONCE, Urgency},
    board::BoardKey,
    case::CaseKind,
    policy::Verdict,
    time::show_date,
};
use kwanus_service::ballot::{Docket, DocketEntry};
use leptos::prelude::*;

use super::{Open, Place, inside::InsideRow, row_id};
use crate::{
    case::case_line,
    ui::{AllowedMark, BallotCells, BallotHeads, BallotKeys, FindingTally, HiddenField, VerdictMark},
};

/// What all rows share.
#[derive(Clone, Debug)]
struct Around {
    columns: Vec<(BoardKey, String)>,
    mine: Vec<BoardKey>,
    reader: Option<PersonId>,
    now: DateTime<Utc>,
    place: Place,
    /// How many columns there are.
    width: usize,
}

#[component]
pub(super) fn DocketTable(
    docket: Docket,
    open: Option<Open>,
    place: Place,
    reader: Option<PersonId>,
    now: DateTime<Utc>,
) -> impl IntoView {
    let mine: Vec<BoardKey> = docket.boards.iter().map(|(key, _)| key.clone()).collect();
    let columns = docket.columns.clone();
    let width = columns.len() + 6;
    let around = Around { columns: columns.clone(), mine: mine.clone(), reader, now, place: place.clone(), width };
    let is_bulk = docket.entries.rows.iter().any(|entry| entry.is_routine);
    let groups = Urgency::ALL.map(|urgency| {
        let rows: Vec<_> =
            docket.entries.rows.iter().enumerate().filter(|(_, entry)| entry.urgency == urgency).collect();
        (!rows.is_empty()).then(|| {
            let count = docket.count(urgency);
            let rows = rows.into_iter().map(|(n, entry)| {
                let open = open.clone().filter(|open| open.row == row_id(entry));
                // What follows it is opened once it is done.
                let next = docket.entries.rows.get(n + 1).map(|next| next.reference.to_string()).unwrap_or_default();
                row(entry.clone(), open, next, &around)
            });
            let rows = rows.collect_view();
            view! {
                <tbody>
                    <tr class="group">
                        <th scope="rowgroup" colspan=width.to_string()>
                            {urgency.label()} " "
                            <span class="count">{count.to_string()} " " {count.noun("case", "cases")}</span>
                        </th>
                    </tr>
                    {rows}
                </tbody>
            }
        })
    });
    let groups = groups.into_iter().collect_view();
    view! {
        <div class="table-wrap">
            <table class="data docket">
                <caption class="vh">"Cases, the most urgent first"</caption>
                <thead>
                    <tr>
                        <th scope="col" class="pick"><span class="vh">"Select"</span></th>
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
        {is_bulk.then(|| view! { <Bulk filters=place.filters /> })}
        <BallotKeys />
        <ul class="keys mt-1" aria-label="How to read the findings">
            <li><AllowedMark words="allowed".to_owned() /></li>
            <li><VerdictMark verdict=Verdict::Restricted words="restricted".to_owned() /></li>
            <li><VerdictMark verdict=Verdict::Forbidden words="forbidden".to_owned() /></li>
        </ul>
    }
}

/// The way on for what is selected: its checkboxes stand in the rows, whose own forms it cannot hold.
#[component]
fn Bulk(filters: Vec<(&'static str, String)>) -> impl IntoView {
    let about =
        format!("Cases with nothing restricted that ask only for what they had before; up to {MOST_AT_ONCE} at once.");
    let filters = filters.into_iter().map(|(name, value)| view! { <HiddenField name value /> }).collect_view();
    view! {
        <form class="bulk" id="bulk" method="get" action="/docket/approve">
            {filters}
            <button class="btn">"Approve selected…"</button>
            <span class="meta">{about}</span>
        </form>
    }
}

fn row(entry: DocketEntry, open: Option<Open>, next: String, around: &Around) -> impl IntoView + use<> {
    let (id, reference, now) = (row_id(&entry), entry.reference, around.now);
    let place = &around.place;
    let is_open = open.is_some();
    let what = case_line(reference, entry.what, entry.revision, entry.tier);
    let board = (around.mine.len() > 1).then(|| format!("For {}. ", entry.board.monogram()));
    let acts = entry.acts_for.as_ref().map(|name| format!(" You act for {name}."));
    // Of a review, the line that says why it is the reader's says this already.
    let spoke_on = entry.spoke_on.filter(|_| reference.kind.ask() == Ask::Approval);
    let since = spoke_on.map(|spoke_on| {
        let words = format!("Revision {} since your position on revision {spoke_on}.", entry.revision);
        view! { <span class="sub since">{words}</span> }
    });
    let pick = entry.is_routine.then(|| {
        view! { <input type="checkbox" form="bulk" name="case" value=id.clone() aria-label=format!("Select {reference}") /> }
    });
    let (look, look_words) = if is_open {
        (place.address(None, &id), "Close")
    } else {
        (place.address(Some(reference), "inside"), "Look inside")
    };
    let is_quick = reference.kind == CaseKind::PermissionJustification && entry.risk.worst().is_none();
    let needs_position = entry
        .ballots
        .iter()
        .find(|ballot| ballot.board == entry.board)
        .and_then(|ballot| ballot.seat_of(around.reader?))
        .is_some_and(|seat| seat.counted().is_none());
    let take = needs_position.then(|| {
        let href = if is_quick {
            place.address(Some(reference), &format!("position-{id}"))
        } else {
            format!("/cases/{reference}#your-position-{}", entry.board.as_str())
        };
        view! { " · " <a href=href data-position="">"Take a position" <span class="vh">{format!(" on {reference}")}</span></a> }
    });
    let (closes_at, age) = (entry.deadline.closes_at(), (now - entry.submitted_at).num_days());
    let (class, when) = due(closes_at, entry.urgency, now);
    let inside = open.map(|open| {
        view! { <InsideRow open next place=place.clone() width=around.width /> }
    });
    view! {
        <tr class=is_open.then_some("at") data-row="">
            <td class="pick">{pick}</td>
            <th scope="row" class="case">
                <a class="title" id=id href=format!("/cases/{reference}")>{format!("{}: {}", entry.partner, entry.integration)}</a>
                <span class="sub"><span class="ref">{reference.to_string()}</span> {what}</span>
                <span class="sub">{board} {entry.why} "." {acts}</span>
                {since}
                <span class="sub">
                    <a href=look data-look="">{look_words} <span class="vh">{format!(" {reference}")}</span></a>
                    {take}
                </span>
            </th>
            <td class="miss">{entry.missing}</td>
            <td class="find"><FindingTally risk=entry.risk /></td>
            <BallotCells columns=around.columns.clone() ballots=entry.ballots mine=around.mine.clone() reader=around.reader is_open=true />
            <td class="num age">{age} " d"</td>
            <td class="due">
                <time datetime=closes_at.format("%Y-%m-%dT%H:%MZ").to_string()>{show_date(closes_at.date_naive())}</time>
                <span class=class>{when}</span>
            </td>
        </tr>
        {inside}
    }
}

/// How far off that is, in whole days.
fn due(closes_at: DateTime<Utc>, urgency: Urgency, now: DateTime<Utc>) -> (&'static str, String) {
    let days = (closes_at.date_naive() - now.date_naive()).num_days();
    match (urgency, days) {
        (Urgency::Overdue, 0) => ("sub late", "overdue since today".to_owned()),
        (Urgency::Overdue, -1) => ("sub late", "1 day overdue".to_owned()),
        (Urgency::Overdue, days) => ("sub late", format!("{} days overdue", -days)),
        (Urgency::ThisWeek, 0) => ("sub soon", format!("today, {} UTC", closes_at.format("%H:%M"))),
        (Urgency::ThisWeek, 1) => ("sub soon", "tomorrow".to_owned()),
        (Urgency::ThisWeek, days) => ("sub soon", format!("in {days} days")),
        (Urgency::Later, days) => ("sub", format!("in {days} days")),
    }
}
