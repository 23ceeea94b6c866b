//! What was decided, month by month.

use kwanus_service::overview::Month;
use leptos::prelude::*;

/// Where the bars stand, and how high they are, in units of the drawing.
const BASE: i64 = 176;
const HEIGHT: i64 = 150;

/// Bars of twelve months, and the same as a table.
#[component]
pub(super) fn Decisions(months: Vec<Month>) -> impl IntoView {
    let total = |month: &Month| month.carried + month.declined + month.reviewed;
    let all: i64 = months.iter().map(total).sum();
    let most = months.iter().map(total).max().unwrap_or_default().max(1);
    let title =
        format!("Decisions a month: {all} in twelve months, {most} in the fullest. The last month is not complete.");
    let bars = months.iter().enumerate().map(|(n, month)| {
        let x = 8 + 46 * i64::try_from(n).unwrap_or_default();
        let height = |count: i64| count * HEIGHT / most;
        let (reviewed, carried, declined) = (height(month.reviewed), height(month.carried), height(month.declined));
        let reviewed_y = BASE - reviewed;
        let carried_y = reviewed_y - carried;
        let declined_y = carried_y - declined;
        let count = (total(month) > 0).then(|| {
            view! { <text class="strong" x=(x + 15).to_string() y=(declined_y - 6).to_string() text-anchor="middle">{total(month)}</text> }
        });
        view! {
            <rect class="a2" x=x.to_string() y=reviewed_y.to_string() width="30" height=reviewed.to_string()></rect>
            <rect class="a1" x=x.to_string() y=carried_y.to_string() width="30" height=carried.to_string()></rect>
            <rect class="c" x=x.to_string() y=declined_y.to_string() width="30" height=declined.to_string()></rect>
            {count}
            <text x=(x + 15).to_string() y="195" text-anchor="middle">{month.begins.format("%b").to_string()}</text>
        }
    });
    let bars = bars.collect_view();
    let rows = months.iter().map(|month| {
        view! {
            <tr>
                <th scope="row">{month.begins.format("%B %Y").to_string()}</th>
                <td class="num">{month.carried}</td>
                <td class="num">{month.declined}</td>
                <td class="num">{month.reviewed}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="section" aria-labelledby="h-decisions">
            <div class="section-head"><h2 id="h-decisions">"Decisions a month"</h2><p>{all} " in twelve months"</p></div>
            <ul class="legend"><li><i class="a1"></i> "Carried"</li><li><i class="c"></i> "Declined"</li><li><i class="a2"></i> "Reviewed"</li></ul>
            <div class="chart-wrap" tabindex="0" role="region" aria-label="Decisions a month, chart">
                <svg class="chart" viewBox="0 0 560 200" role="img" aria-labelledby="t-decisions">
                    <title id="t-decisions">{title}</title>
                    {bars}
                    <path class="base" d="M0 176.5H560"></path>
                </svg>
            </div>
            <details class="chart-data">
                <summary>"Show as a table"</summary>
                <table class="data">
                    <caption class="vh">"Decisions a month"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Month"</th>
                            <th scope="col" class="num">"Carried"</th>
                            <th scope="col" class="num">"Declined"</th>
                            <th scope="col" class="num">"Reviewed"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </section>
    }
}
