//! How far the boards are with a submission, as its partner may know it.

use kwanus_domain::{
    ballot::{Part, Progress},
    case::CaseState,
    time::show_date,
};
use kwanus_service::submission::{BoardState, Submission};
use leptos::prelude::*;

use crate::ui::{HiddenField, Monogram, OwnerField, Prose};

/// How far a board is with what is before it, as anybody who may know of the case may know.
pub(crate) fn board_state(state: BoardState) -> AnyView {
    board_row(state, CaseState::Open).into_any()
}

/// The same once its case is decided, or withdrawn.
pub(crate) fn board_state_of(state: BoardState, case: CaseState) -> AnyView {
    board_row(state, case).into_any()
}

fn board_row(state: BoardState, case: CaseState) -> impl IntoView {
    let is_open = case == CaseState::Open;
    let (class, words) = match state.progress {
        Progress::Carries => ("tag good", "Carried"),
        Progress::Held => ("tag crit", "Held by an objection"),
        Progress::Lost => ("tag crit", "Declined"),
        Progress::Open | Progress::Short if case == CaseState::Withdrawn => ("tag", "Stopped"),
        Progress::Open | Progress::Short if !is_open => ("tag", "Ended short"),
        Progress::Open if !state.objections.is_empty() => ("tag crit", "An objection is open"),
        Progress::Open | Progress::Short => ("tag accent", "In progress"),
    };
    let advises = (state.part == Part::Advises).then_some(" It advises.");
    let (does, at) = if state.is_overdue {
        ("is extended to", state.deadline.ends_at())
    } else {
        ("closes", state.deadline.closes_at())
    };
    let closes = is_open.then(|| format!("Its ballot {does} {}.", show_date(at.date_naive())));
    let objections = state.objections.into_iter().map(|reason| {
        view! { <p class="mt-1"><strong>"Objection: "</strong></p> <Prose text=reason /> }
    });
    view! {
        <li>
            <div>
                <Monogram board=state.board name=state.name.clone() /> " " {state.name}
                <p class="hint">{closes} {advises}</p>
                {objections.collect_view()}
            </div>
            <span class=class>{words}</span>
        </li>
    }
}

/// The boards that have a submission, a row each.
pub(super) fn board_rows(submission: &Submission) -> Vec<AnyView> {
    submission.boards.iter().map(|state| board_row(state.clone(), submission.state).into_any()).collect()
}

/// How far each board is, as the partner may know it, and what it objects to.
#[component]
pub(super) fn BoardStates(submission: Submission) -> impl IntoView {
    let is_open = submission.state == CaseState::Open;
    let rows = board_rows(&submission);
    let overtaken = (!submission.overtaken.is_empty()).then(|| {
        let what = submission.overtaken.into_iter().map(|what| view! { <li>{what}</li> });
        view! {
            <p class="mt-2">"Something in it became impossible meanwhile, and is not granted however the boards vote:"</p>
            <ul>{what.collect_view()}</ul>
        }
    });
    let reference = submission.reference.to_string();
    let revise = (is_open && !submission.is_draft).then(|| {
        view! {
            <form class="mt-3" method="post" action="/do/revise_submission">
                <OwnerField />
                <HiddenField name="case" value=reference />
                <button class="btn">"Revise this submission"</button>
                <p class="hint mt-1">"The boards go on with this revision until you submit the next one."</p>
            </form>
        }
    });
    let another = (submission.state == CaseState::Withdrawn)
        .then(|| view! { <p class="mt-3"><a class="btn" href="/submissions/new">"Start another submission"</a></p> });
    view! {
        <section aria-labelledby="boards">
            <h2 class="mt-4" id="boards">"The boards"</h2>
            <ul class="tasks">{rows}</ul>
            {overtaken}
            {revise}
            {another}
        </section>
    }
}
