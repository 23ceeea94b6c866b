//! Whether a board reaches its quorum on the cases of the next 90 days.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    ballot::BallotId,
    board::BoardKey,
    time::{show_date, show_days_off},
};
use kwanus_service::{Page, board::ForecastCase};
use leptos::prelude::*;

use crate::{
    place::show_place,
    ui::{Column, DataTable, Pager},
};

/// The open cases of a board, the most urgent first.
#[component]
pub(super) fn ForecastSection(
    board: BoardKey,
    cases: Page<ForecastCase, (DateTime<Utc>, BallotId)>,
    is_later: bool,
    today: NaiveDate,
) -> impl IntoView {
    let missed = cases.rows.iter().filter(|case| !case.forecast.is_reachable).count();
    let lead = match (cases.rows.len(), missed) {
        (0, _) => "No case is before this board.",
        (_, 0) => "It can reach its quorum on each case here.",
        _ => "It misses its quorum on some, unless somebody comes back or finds a deputy.",
    };
    let is_empty = cases.rows.is_empty();
    let next = cases.next.map(show_place);
    let rows = cases.rows.into_iter().map(|case| row(case, &board, today)).collect_view();
    let columns = [Column::Text("Case"), Column::Text("Due"), Column::Text("Quorum"), Column::Text("Forecast")];
    let path = format!("/boards/{board}");
    view! {
        <section class="section mt-4" aria-labelledby="forecast">
            <div class="section-head"><h2 id="forecast">"Quorum in the next 90 days"</h2><p>{lead}</p></div>
            {(!is_empty).then(|| view! { <DataTable caption="Open cases, the most urgent first" columns>{rows}</DataTable> })}
            <Pager path is_later next />
        </section>
    }
}

fn row(case: ForecastCase, board: &BoardKey, today: NaiveDate) -> impl IntoView + use<> {
    let ForecastCase { row, forecast } = case;
    let due = row.closes_at.date_naive();
    let href = format!("/cases/{}", row.reference);
    let (class, word) = if forecast.is_reachable { ("tag good", "In reach") } else { ("tag crit", "Out of reach") };
    view! {
        <tr>
            <th scope="row">
                <a class="title" href=href>{format!("{}: {}", row.partner_name, row.integration_name)}</a>
                <span class="sub"><span class="ref">{row.reference.to_string()}</span></span>
            </th>
            <td data-label="Due">
                <time datetime=row.closes_at.format("%Y-%m-%dT%H:%MZ").to_string()>{show_date(due)}</time>
                <span class="sub">{show_days_off((due - today).num_days())}</span>
            </td>
            <td data-label="Quorum"><span class=class>{word}</span></td>
            <td data-label="Forecast">{forecast.sentence(board)} "."</td>
        </tr>
    }
}
