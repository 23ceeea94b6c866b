//! Why the members of the boards stand as they do.

use kwanus_domain::{ballot::Stance, time::show_instant};
use kwanus_service::ballot::{BoardBallot, SeatPosition, TakenPosition};
use leptos::prelude::*;

use crate::ui::{Monogram, Prose};

/// What members gave as their reasons: what stands in the way first, then in the order of the boards.
#[component]
pub(super) fn Reasons(ballots: Vec<BoardBallot>) -> impl IntoView {
    let said = ballots.iter().flat_map(|ballot| ballot.seats.iter().map(move |seat| (ballot, seat)));
    let mut said: Vec<_> = said
        .filter_map(|(ballot, seat)| {
            let position = seat.position.as_ref()?;
            position.reason.as_ref().map(|_| (ballot, seat, position))
        })
        .collect();
    if said.is_empty() {
        return ().into_any();
    }
    said.sort_by_key(|(_, seat, _)| seat.counted() != Some(Stance::Object));
    let count = match said.len() {
        1 => "1 member gave a reason".to_owned(),
        n => format!("{n} members gave reasons"),
    };
    let rows = said.into_iter().map(|(ballot, seat, position)| reason(ballot, seat, position)).collect_view();
    view! {
        <section class="section" aria-labelledby="h-reasons">
            <div class="section-head"><h2 id="h-reasons">"Reasons"</h2><p>{count}</p></div>
            <ol class="thread">{rows}</ol>
        </section>
    }
    .into_any()
}

/// What a member said, and why.
pub(super) fn reason(ballot: &BoardBallot, seat: &SeatPosition, position: &TakenPosition) -> impl IntoView + use<> {
    let names = (!position.permissions.is_empty()).then(|| {
        let keys = position.permissions.iter().map(|key| view! { <li>{key.to_string()}</li> }).collect_view();
        view! { <ul class="keys-list mt-1">{keys}</ul> }
    });
    let note = match (seat.is_in_term, position.is_stale) {
        (false, _) => ", has left and does not count".to_owned(),
        (true, true) => format!(", of revision {}, not counted", position.revision),
        (true, false) => String::new(),
    };
    let note = if seat.has_soft_conflict { format!("{note}, related to the partner") } else { note };
    let text = position.reason.as_ref().map(ToString::to_string).unwrap_or_default();
    view! {
        <li>
            <Monogram board=ballot.board.clone() name=ballot.name.clone() />
            <div>
                <p class="by">
                    <strong>{seat.name.to_string()}</strong>
                    {format!(" {}{note}, ", position.stance.verb())}
                    <time datetime=position.taken_at.format("%Y-%m-%dT%H:%MZ").to_string()>{show_instant(position.taken_at)}</time>
                </p>
                <Prose text />
                {names}
            </div>
        </li>
    }
}
