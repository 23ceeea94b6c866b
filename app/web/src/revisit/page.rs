//! When a decision is looked at again, on the page of its case and on its partner's.

use chrono::NaiveDate;
use kwanus_domain::{case::CaseRef, time::show_date};
use kwanus_service::{case::Case, revisit::RevisitRow};
use leptos::prelude::*;
use tower_sessions::Session;

use crate::{
    state::Visit,
    ui::{DefaultButton, HiddenField, Memory, OwnerField, Prose, TextArea, TextField, Unsent, recall},
};

/// What the fields are called.
const LABELS: [(&str, &str); 2] = [("day", "Look at it again on"), ("reason", "Why then?")];

/// What was typed into the form, and what was wrong with it.
pub(crate) async fn recall_revisit(session: &Session, visit: &Visit, case: &Case) -> Memory {
    let mut memory = recall(session, visit, "set_revisit", &case.reference.to_string()).await;
    // Other days and reasons stand on the same page.
    for violation in &mut memory.violations {
        violation.field = format!("revisit-{}", violation.field).into();
    }
    if case.revisit.may_set { memory } else { memory.without_fields() }
}

/// The day on which the boards look at a decision again, and the form of those who set it.
#[component]
pub(crate) fn RevisitSection(case: Case, memory: Memory) -> impl IntoView {
    let set = case.revisit.row.clone().map(|row| view! { <Set row /> });
    let form = if case.revisit.may_set {
        view! { <SetForm case=case.reference before=case.revisit.row memory /> }.into_any()
    } else {
        view! { <Unsent memory labels=LABELS.to_vec() /> }.into_any()
    };
    if set.is_none() && !case.revisit.may_set {
        return form;
    }
    view! {
        <section class="section" aria-labelledby="h-revisit">
            <div class="section-head"><h2 id="h-revisit">"Looking again"</h2></div>
            {set} {form}
        </section>
    }
    .into_any()
}

#[component]
fn Set(row: RevisitRow) -> impl IntoView {
    let told = if row.told_at.is_some() {
        "The day came: the members were told."
    } else {
        "The members are told on that day."
    };
    let by = format!("{} set that the boards look at it again on {}:", row.set_by, show_date(row.on_date));
    view! { <p>{by}</p> <blockquote><Prose text=row.reason /></blockquote> <p class="quiet">{told}</p> }
}

#[component]
fn SetForm(case: CaseRef, before: Option<RevisitRow>, mut memory: Memory) -> impl IntoView {
    let is_begun = LABELS.iter().any(|(name, _)| !memory.typed(name, "").is_empty()) || memory.is_error();
    for (name, _) in LABELS {
        if let Some(typed) = memory.typed.remove(name) {
            memory.typed.insert(format!("revisit-{name}"), typed);
        }
    }
    let (summary, hint) = match before {
        Some(_) => ("Set another day, or take it off", "Leave it empty to take the day off."),
        None => ("Set when the boards look at it again", "A day within two years. Both sides see it."),
    };
    let day = before.map(|row| row.on_date.to_string()).unwrap_or_default();
    view! {
        <details class="more" open=is_begun>
            <summary>{summary}</summary>
            <form class="mt-2" method="post" action="/do/set_revisit" novalidate>
                <DefaultButton />
                <OwnerField />
                <HiddenField name="case" value=case.to_string() />
                <TextField name="revisit-day" sent_as="day" label=LABELS[0].1 hint kind="date" value=day memory=memory.clone() autocomplete="off" />
                <TextArea
                    name="revisit-reason"
                    sent_as="reason"
                    label=LABELS[1].1
                    hint="What is to be looked at then. Kept in the record."
                    value=""
                    memory
                    is_markdown=true
                />
                <button class="btn">"Set the day"</button>
            </form>
        </details>
    }
}

/// What the partner is told of it.
#[component]
pub(crate) fn OwnRevisit(day: Option<NaiveDate>) -> impl IntoView {
    day.map(
        |day| view! { <p class="mt-1">{format!("The boards look at this decision again on {}.", show_date(day))}</p> },
    )
}
