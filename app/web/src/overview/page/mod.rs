//! How the whole stands.

mod decisions;
mod stages;

use kwanus_domain::time::show_date;
use kwanus_service::overview::{BoardLoad, Overview, lookup};
use leptos::prelude::*;

use self::{decisions::Decisions, stages::Stages};
use crate::ui::{Column, DataTable, Frame, Monogram, here, refuse};

/// `/overview`
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    let (state, visit) = here();
    Suspend::new(async move {
        let overview = match visit.caller() {
            Ok(caller) => lookup(&state.db, caller).await,
            Err(error) => Err(error),
        };
        let overview = match overview {
            Ok(overview) => overview,
            Err(error) => return refuse(error, &visit),
        };
        let open: i64 = overview.boards.iter().map(|board| board.open).sum();
        let overdue: i64 = overview.boards.iter().map(|board| board.overdue).sum();
        let decided: i64 = overview.months.iter().map(|month| month.carried + month.declined + month.reviewed).sum();
        let lead = match (open, overdue) {
            (0, _) => "No ballot is open.".to_owned(),
            (open, 0) => format!("{} open, none overdue.", ballots(open)),
            (open, overdue) => format!("{} open, {overdue} overdue.", ballots(open)),
        };
        let median = overview.median_hours.map_or_else(|| "–".to_owned(), duration);
        let Overview { partners, integrations, stages, boards, months, .. } = overview;
        view! {
            <Frame title="Overview" lead>
                <dl class="figures">
                    <div>
                        <dt>"Partners"</dt>
                        <dd>{partners.to_string()} <small>"registered"</small></dd>
                    </div>
                    <div>
                        <dt>"Integrations"</dt>
                        <dd>{integrations} <small>"in all stages"</small></dd>
                    </div>
                    <div>
                        <dt>"Decisions"</dt>
                        <dd>{decided} <small>"in twelve months"</small></dd>
                    </div>
                    <div>
                        <dt>"Time to decision"</dt>
                        <dd>{median} <small>"median, from the last revision"</small></dd>
                    </div>
                </dl>
                <div class="two-up mt-4">
                    <Stages stages />
                    <Decisions months />
                    <Load boards />
                </div>
            </Frame>
        }
        .into_any()
    })
}

fn ballots(count: i64) -> String {
    if count == 1 { "1 ballot is".to_owned() } else { format!("{count} ballots are") }
}

/// `7 hours`, `6 days`: whole units, rounded down.
fn duration(hours: i64) -> String {
    let (count, unit) = if hours < 48 { (hours, "hour") } else { (hours / 24, "day") };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// What each board has before it.
#[component]
fn Load(boards: Vec<BoardLoad>) -> impl IntoView {
    let rows = boards.into_iter().map(|load| {
        let href = format!("/cases?state=open&board={}", load.board.as_str());
        let first = load.first_at.map(|at| show_date(at.date_naive())).unwrap_or_default();
        let class = if load.overdue > 0 { "num tone-crit" } else { "num" };
        view! {
            <tr>
                <th scope="row"><a href=href><Monogram board=load.board name=load.name.clone() /> " " {load.name}</a></th>
                <td class="num" data-label="Open">{load.open}</td>
                <td class=class data-label="Overdue">{load.overdue}</td>
                <td data-label="Due first" class="nowrap">{first}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = [Column::Text("Board"), Column::Number("Open"), Column::Number("Overdue"), Column::Text("Due first")];
    view! {
        <section class="section" aria-labelledby="h-load">
            <div class="section-head"><h2 id="h-load">"Open and overdue by board"</h2></div>
            <DataTable caption="Open and overdue ballots by board" columns>{rows}</DataTable>
        </section>
    }
}
