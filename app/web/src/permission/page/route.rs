//! Which boards a case goes to.

use std::collections::BTreeSet;

use kwanus_domain::{
    ballot::Part,
    case::{Route, RouteKey},
    suspension::RATIFICATION_DAYS,
};
use leptos::prelude::*;

use super::specification::SectionCite;
use crate::ui::{Column, DataTable, Monogram};

/// The boards of each kind of case, and what carries it.
#[component]
pub(super) fn Routes(routes: Vec<Route>) -> impl IntoView {
    let rows = RouteKey::ALL.iter().map(|key| {
        let of = |part: Part| {
            let boards = routes.iter().filter(|route| route.key == *key && route.part == part).map(|route| {
                let note = route.needs_workflow.then_some(" if it has workflows or extensions");
                view! { <Monogram board=route.board.clone() /> {note} " " }
            });
            boards.collect_view()
        };
        let rules = routes.iter().filter(|route| route.key == *key && route.part != Part::Informed);
        let days: BTreeSet<_> = rules.clone().map(|route| route.rule.days).collect();
        let days = days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let thresholds: BTreeSet<_> = rules.map(|route| route.rule.threshold.label()).collect();
        let threshold = thresholds.into_iter().collect::<Vec<_>>().join("; ");
        view! {
            <tr>
                <th scope="row">{key.label()}</th>
                <td data-label="Decide">{of(Part::Decides)}</td>
                <td data-label="Advise">{of(Part::Advises)}</td>
                <td data-label="Informed">{of(Part::Informed)}</td>
                <td data-label="By">{threshold}</td>
                <td data-label="Days">{days}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["What", "Decide", "Advise", "Informed", "By", "Days"].map(Column::Text);
    view! {
        <section class="section" aria-labelledby="routes">
            <div class="section-head">
                <h2 id="routes">"Which boards decide"</h2>
                <p><SectionCite number=11 />", PartnerGovCharter"</p>
            </div>
            <DataTable caption="Routes" columns>{rows}</DataTable>
            <p class="note mt-1">
                {format!("SCO's chair suspends an integration, or a grant of it, at once, with a reason. CGB carries that within {RATIFICATION_DAYS} days, to the minute, or it lapses by itself: no extension keeps alive what nobody ratified.")}
            </p>
        </section>
    }
}
