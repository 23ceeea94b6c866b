//! In which stages the integrations are, tier by tier.

use kwanus_domain::integration::Stage;
use kwanus_service::overview::StageShare;
use leptos::prelude::*;

/// The width of the bars, in units of the drawing.
const WIDTH: i64 = 480;
/// Each stage's fill, and that of the number on it. A stage is no verdict: none is green or red.
const FILLS: [(&str, &str); 4] = [("a1", "on"), ("a2", "on2"), ("k", "onk"), ("a3", "on2")];

/// Bars with their numbers, and the same as a table.
#[component]
pub(super) fn Stages(stages: Vec<StageShare>) -> impl IntoView {
    let total = |share: &StageShare| share.counts.iter().sum::<i64>();
    let all: i64 = stages.iter().map(total).sum();
    let most = stages.iter().map(total).max().unwrap_or_default().max(1);
    let of = |stage: Stage| stages.iter().map(|share| share.counts[stage as usize]).sum::<i64>();
    let legend = Stage::ALL.iter().zip(FILLS).map(|(stage, (fill, _))| {
        let words = format!("{} {}", stage.label(), of(*stage));
        view! { <li><i class=fill></i> {words}</li> }
    });
    let legend = legend.collect_view();
    let title = format!("Stages by partner tier. {} of {all} integrations are active.", of(Stage::Active));
    let bars = stages.iter().enumerate().map(|(n, share)| {
        let y = 8 + 50 * i64::try_from(n).unwrap_or_default();
        let mut x = 80;
        let parts = share.counts.iter().zip(FILLS).filter(|(count, _)| **count > 0).map(|(count, (fill, on))| {
            let width = (count * WIDTH / most).max(12);
            let begin = x;
            x += width + 2;
            view! {
                <rect x=begin.to_string() y=y.to_string() width=width.to_string() height="34" class=fill></rect>
                <text x=(begin + width / 2).to_string() y=(y + 21).to_string() text-anchor="middle" class=on>{*count}</text>
            }
        });
        let parts = parts.collect_view();
        view! {
            <text x="0" y=(y + 21).to_string() class="strong">"Tier " {share.tier.number()}</text>
            <text x="50" y=(y + 21).to_string()>{total(share)}</text>
            {parts}
        }
    });
    let bars = bars.collect_view();
    let heads =
        Stage::ALL.iter().map(|stage| view! { <th scope="col" class="num">{stage.label()}</th> }).collect_view();
    let rows = stages.iter().map(|share| {
        let cells = share.counts.iter().map(|count| view! { <td class="num">{*count}</td> });
        view! { <tr><th scope="row">"Tier " {share.tier.number()}</th>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let about = if all == 1 { "1 integration".to_owned() } else { format!("{all} integrations") };
    view! {
        <section class="section" aria-labelledby="h-stages">
            <div class="section-head"><h2 id="h-stages">"Stages by partner tier"</h2><p>{about}</p></div>
            <ul class="legend">{legend}</ul>
            <div class="chart-wrap" tabindex="0" role="region" aria-label="Stages by partner tier, chart">
                <svg class="chart" viewBox="0 0 580 150" role="img" aria-labelledby="t-stages">
                    <title id="t-stages">{title}</title>
                    {bars}
                </svg>
            </div>
            <details class="chart-data">
                <summary>"Show as a table"</summary>
                <table class="data">
                    <caption class="vh">"Stages by partner tier"</caption>
                    <thead><tr><th scope="col">"Tier"</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </section>
    }
}
