//! An appeal that was made, as its partner sees it.

use kwanus_domain::{appeal::Appealed, case::CaseState, time::show_date};
use kwanus_service::appeal::{MadeAppeal, OwnAppeal};
use leptos::prelude::*;

use crate::{
    submission::board_state_of,
    ui::{HiddenField, Memory, OwnerField, Prose, TextArea, Unsent},
};

/// What the reason is called.
const WHY: &str = "Why you withdraw it, if you want to say";

/// How far it is, what it says, and how far each board is.
#[component]
pub(super) fn Made(appeal: OwnAppeal, memory: Memory) -> impl IntoView {
    let Some(made) = appeal.made.clone() else { return ().into_any() };
    let head = format!("{}, made {}: {}", made.reference, show_date(made.made_at.date_naive()), made.state.label());
    let became = became(&made);
    let boards = made.boards.iter().map(|state| board_state_of(state.clone(), made.state)).collect_view();
    let overtaken = made.overtaken.iter().map(|what| view! { <li>{what.clone()}</li> }).collect::<Vec<_>>();
    let overtaken = (!overtaken.is_empty()).then(|| {
        view! { <p>"Something became impossible meanwhile, and is not done however the boards vote:"</p> <ul>{overtaken}</ul> }
    });
    let does = appeal.does.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    let does = (made.state == CaseState::Open)
        .then(|| view! { <h2 class="mt-4">"If the boards carry it"</h2> <ul>{does}</ul> });
    let withdraw = if made.state == CaseState::Open {
        view! { <Withdraw appeal=appeal.clone() made=made.clone() memory /> }.into_any()
    } else {
        view! { <Unsent memory=memory.without_fields() labels=vec![("reason", WHY)] /> }.into_any()
    };
    view! {
        <div class="notice mt-3">
            <p><strong>{head}</strong></p>
            <p>{became}</p>
            {overtaken}
        </div>
        {does}
        <h2 class="mt-4">"What is new"</h2>
        <Prose text=made.facts />
        <h2 class="mt-4">"What you ask for"</h2>
        <Prose text=made.relief />
        <h2 class="mt-4">"Boards"</h2>
        <ul class="tasks">{boards}</ul>
        {withdraw}
    }
    .into_any()
}

fn became(made: &MadeAppeal) -> String {
    match made.state {
        CaseState::Carried => "The boards carried it: what it asks for is in effect.".to_owned(),
        CaseState::Declined => "The boards declined it. Nothing changes, and that is final.".to_owned(),
        CaseState::Withdrawn => "You withdrew it. Nothing changes, and the decision is not appealed again.".to_owned(),
        CaseState::Draft | CaseState::Open | CaseState::Reviewed => format!("{}.", made.turn),
    }
}

/// What happens, and the button: behind a line to open, so that nobody withdraws by accident.
#[component]
fn Withdraw(appeal: OwnAppeal, made: MadeAppeal, memory: Memory) -> impl IntoView {
    let is_wrong = memory.is_error();
    let (partner, integration) = match appeal.what {
        Appealed::Justification => (String::new(), String::new()),
        Appealed::Reduction | Appealed::Suspension => (appeal.partner_slug.to_string(), appeal.slug.to_string()),
    };
    view! {
        <details class="more" open=is_wrong>
            <summary>"Withdraw this appeal"</summary>
            <p class="mt-1">"The boards stop, and nothing changes. The decision is not appealed again."</p>
            <form class="mt-2" method="post" action="/do/withdraw_appeal" novalidate>
                <OwnerField />
                <HiddenField name="case" value=made.reference.to_string() />
                <HiddenField name="appealed" value=appeal.appealed.to_string() />
                <HiddenField name="partner" value=partner />
                <HiddenField name="integration" value=integration />
                <TextArea name="reason" label=WHY value="" memory hint="The boards read it in the timeline of the case." />
                <button class="btn danger">"Withdraw appeal"</button>
            </form>
        </details>
    }
}
