//! What is on the agenda of a meeting.

use kwanus_domain::{meeting::Why, time::show_instant};
use kwanus_service::meeting::{Item, Meeting};
use leptos::prelude::*;

use crate::ui::{Column, DataTable, Monogram};

/// The facts of a meeting.
#[component]
pub(super) fn MeetingFacts(meeting: Meeting) -> impl IntoView {
    let secretary = meeting.secretary.map_or_else(|| "Not named".to_owned(), |name| name.to_string());
    let approved = meeting.row.closed_at.zip(meeting.row.closer()).map(|(at, name)| {
        let words = format!("by {name}, {}", show_instant(at));
        view! { <div><dt>"Minutes approved"</dt><dd>{words}</dd></div> }
    });
    view! {
        <dl class="facts">
            <div><dt>"Board"</dt><dd><Monogram board=meeting.board.key.clone() name=meeting.board.name.clone() /></dd></div>
            <div><dt>"Begins"</dt><dd>{show_instant(meeting.row.starts_at)}</dd></div>
            <div><dt>"Place"</dt><dd>{meeting.row.place.to_string()}</dd></div>
            <div><dt>"Secretary"</dt><dd>{secretary}</dd></div>
            <div><dt>"State"</dt><dd>{meeting.row.state.label()}</dd></div>
            {approved}
        </dl>
    }
}

/// The agenda as a table, in its order.
#[component]
pub(super) fn AgendaTable(items: Vec<Item>) -> impl IntoView {
    if items.is_empty() {
        return view! { <p class="mt-2">"Nothing is on the agenda."</p> }.into_any();
    }
    let rows = items.into_iter().map(|item| {
        let on = item.on_agenda;
        let href = format!("/cases/{}", on.reference);
        let what = format!("{} of {}", on.integration, on.partner);
        let class = if on.why == Why::Overdue { "tag crit" } else { "tag" };
        let deferred = on.deferred.into_iter().map(|deferred| {
            let words = format!("Deferred by {}: {}", deferred.by, deferred.reason);
            view! { <span class="sub prose">{words}</span> }
        });
        let deferred: Vec<_> = deferred.collect();
        let hidden = (!item.is_for_reader).then(|| {
            view! { <span class="sub">"You take no part in this case, so what is said of it is left out."</span> }
        });
        view! {
            <tr>
                <th scope="row">
                    <a class="title" href=href>{format!("{}. {}", on.number, on.reference)}</a>
                    <span class="sub">{what}</span>
                </th>
                <td data-label="Why"><span class=class>{on.why.label()}</span> {deferred} {hidden}</td>
                <td data-label="Ballot">{on.standing}</td>
                <td data-label="What is missing">{on.missing} "."</td>
                <td data-label="Closes">{show_instant(on.closes_at)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Case", "Why", "Ballot", "What is missing", "Closes"].map(Column::Text);
    view! { <DataTable caption="Agenda, in its order" columns>{rows}</DataTable> }.into_any()
}
