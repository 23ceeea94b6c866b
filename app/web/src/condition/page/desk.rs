//! Conditions that bind, on the page of a case.

use kwanus_domain::ballot::{ConditionState, Judging};
use kwanus_service::{ballot::BoundCondition, case::Case};
use leptos::prelude::*;

use super::{field::ConditionField, memory::ConditionMemory, thread::condition_view};
use crate::ui::{DefaultButton, HiddenField, OwnerField, Unsent};

/// The conditions that bind a decided case, with what the reader can do about each.
#[component]
pub(crate) fn BoundConditions(case: Case, memories: Vec<ConditionMemory>) -> impl IntoView {
    if case.conditions.is_empty() {
        return ().into_any();
    }
    let met = case.conditions.iter().filter(|one| one.state == ConditionState::Met).count();
    let summary = format!("{met} of {} met", case.conditions.len());
    let partner = case.partner.to_string();
    let reference = case.reference.to_string();
    let all = case
        .conditions
        .iter()
        .zip(memories)
        .map(|(condition, memory)| condition_view(condition, &partner, forms(&reference, condition, memory)));
    let all = all.collect_view();
    view! {
        <section class="section" id="conditions" aria-labelledby="h-conditions">
            <div class="section-head"><h2 id="h-conditions">"Conditions"</h2><p>{summary}</p></div>
            {all}
        </section>
    }
    .into_any()
}

fn forms(case: &str, condition: &BoundCondition, memory: ConditionMemory) -> AnyView {
    let number = condition.number;
    let Some(judging) = condition.judging else {
        return view! { <Unsent memory=memory.returned labels=vec![("reason", "Why you returned it")] /> }.into_any();
    };
    let in_place = (judging == Judging::InPlace).then(|| {
        view! { <p class="meta mt-1">"You judge it as chair: its owner has left the board, or is away. The record says so."</p> }
    });
    let is_begun = memory.returned.is_error() || !memory.returned.typed("reason", "").is_empty();
    let hint = "The partner reads it, without your name.";
    view! {
        {in_place}
        <form class="mt-2" method="post" action="/do/accept_condition">
            <OwnerField />
            <HiddenField name="case" value=case.to_owned() />
            <HiddenField name="condition" value=number.to_string() />
            <button class="btn primary">{format!("Accept condition {number} as met")}</button>
        </form>
        <details class="more mt-2" open=is_begun>
            <summary>{format!("Return the evidence for condition {number}")}</summary>
            <form class="mt-2 column" method="post" action="/do/return_evidence" novalidate>
                <DefaultButton />
                <OwnerField />
                <HiddenField name="case" value=case.to_owned() />
                <HiddenField name="condition" value=number.to_string() />
                <ConditionField number name="reason" label=format!("What is missing for condition {number}") hint memory=memory.returned />
                <div class="actions"><button class="btn">"Return evidence"</button></div>
            </form>
        </details>
    }
    .into_any()
}
