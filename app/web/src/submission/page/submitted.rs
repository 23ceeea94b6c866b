//! `/submissions/{ref}/submitted`

use chrono::NaiveDate;
use kwanus_domain::{
    ballot::{EXTENSION_DAYS, Part},
    case::{CaseRef, CaseState},
    time::show_date,
};
use kwanus_service::{
    Error,
    submission::{BoardState, Receipt, receipt},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::ui::{Frame, Monogram, here, refuse, see_other};

/// That the boards have got a submission, and what happens next.
#[component]
pub(crate) fn SubmittedPage() -> impl IntoView {
    let (state, visit) = here();
    let reference = use_params_map().read_untracked().get("case").and_then(|text| CaseRef::parse(&text));
    Suspend::new(async move {
        let found = match (visit.caller(), reference) {
            (Ok(caller), Some(reference)) => receipt(&state.db, caller, reference).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let Receipt { submission, likely_by } = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let reference = submission.reference.to_string();
        let page = format!("/submissions/{reference}");
        // What was decided or withdrawn since, or is written anew, is past what happens next here.
        if submission.state != CaseState::Open || submission.is_draft {
            see_other(&page);
            return ().into_any();
        }
        let trail = vec![("/".to_owned(), "Home".to_owned()), (page.clone(), reference.clone())];
        let at = submission.submitted_at.map(|at| format!(", submitted {}", show_date(at.date_naive())));
        let lead = format!("{}, revision {}{}.", submission.integration, submission.number, at.unwrap_or_default());
        let turn = submission.turn.sentence.clone();
        let print = format!("{page}/print");
        view! {
            <Frame title="Submitted to the boards" lead trail>
                <div class="column">
                    <div class="notice good mt-3">
                        <p>"Your reference"</p>
                        <p class="reference">{reference}</p>
                    </div>
                    <p class="mt-3"><strong>{turn} "."</strong></p>
                    <Next boards=submission.boards likely_by />
                    <ul class="stack mt-3">
                        <li><a href=page>"See the submission and how far the boards are"</a></li>
                        <li><a href=print>"Print it, or save it as a PDF"</a></li>
                        <li><a href="/">"Go to your home"</a></li>
                    </ul>
                </div>
            </Frame>
        }
        .into_any()
    })
}

/// What happens next, in its order, and by when.
#[component]
fn Next(boards: Vec<BoardState>, likely_by: Option<NaiveDate>) -> impl IntoView {
    let deciding = boards.iter().filter(|state| state.part == Part::Decides);
    let latest = deciding.map(|state| state.deadline.ends_at().date_naive()).max();
    let likely = likely_by
        .map(|day| format!("They likely decide by {}, as they did with such submissions before. ", show_date(day)));
    let latest = latest.map(|day| {
        let day = show_date(day);
        format!("A ballot that ends short is extended once, by {EXTENSION_DAYS} days: by {day} it is decided.")
    });
    let rows = boards.into_iter().map(|state| {
        let closes = show_date(state.deadline.closes_at().date_naive());
        let advises = (state.part == Part::Advises).then_some(" It advises.");
        view! {
            <li>
                <Monogram board=state.board name=state.name.clone() />
                {format!(" {}: its ballot closes {closes}.", state.name)}
                {advises}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="mt-4" aria-labelledby="next">
            <h2 id="next">"What happens next"</h2>
            <ol class="steps mt-2">
                <li>
                    <p>"These boards read it, and each takes its positions:"</p>
                    <ul class="plain-list mt-1">{rows}</ul>
                </li>
                <li>
                    "They may ask you for a change, or object. You answer on the page of the submission, within 10 working days, or by another revision. Your inbox tells you when it is your turn, and by e-mail as well, as you choose there."
                </li>
                <li>"Every board that decides has to carry it. " {likely} {latest}</li>
                <li>
                    "What is carried is granted from then on, each permission until the day that you named. If it is declined, the page says so, and you can start another."
                </li>
            </ol>
        </section>
    }
}
