//! Reopening, on the page of a case.

use kwanus_domain::{appeal::Reopens, case::CaseRef, time::show_instant};
use kwanus_service::{case::Case, reopening::ProposedReopening};
use leptos::prelude::*;
use tower_sessions::Session;

use crate::{
    state::Visit,
    ui::{DefaultButton, HiddenField, Memory, OwnerField, Prose, TextArea, Unsent, recall},
};

/// What the field is called.
const NEW: &str = "What is new?";

/// What was typed into either form, and what was wrong with it.
pub(crate) async fn recall_reopening(session: &Session, visit: &Visit, case: &Case) -> [Memory; 2] {
    let reference = case.reference.to_string();
    let mut memory = recall(session, visit, "propose_reopening", &reference).await;
    for violation in &mut memory.violations {
        violation.field = "reopening".into();
    }
    let may = case.reopening.may == Some(Reopens::Proposes) && case.reopening.obstacle.is_none();
    let confirming = recall(session, visit, "confirm_reopening", &reference).await.without_fields();
    [if may { memory } else { memory.without_fields() }, confirming]
}

/// That a case was reopened or is one that was, what is proposed, and what the reader can do about it.
#[component]
pub(crate) fn ReopeningSection(case: Case, memory: Memory) -> impl IntoView {
    let reopening = case.reopening.clone();
    let link = |case: CaseRef| view! { <a href=format!("/cases/{case}")>{case.to_string()}</a> };
    let origin = reopening.origin.map(|origin| {
        view! { <p>"It is before the boards in the place of " {link(origin)} ", which was declined: two members gave new facts."</p> }
    });
    let opened = reopening.opened.map(|opened| view! { <p>"It was reopened, as " {link(opened)} "."</p> });
    let proposed = reopening.proposed.map(|proposed| view! { <Proposed proposed /> });
    let act = match (reopening.may, reopening.obstacle) {
        (None, _) => view! { <Unsent memory labels=vec![("reason", NEW)] /> }.into_any(),
        (Some(_), Some(obstacle)) => view! {
            <Unsent memory labels=vec![("reason", NEW)] />
            <p>"It cannot be reopened now. " {obstacle} "."</p>
        }
        .into_any(),
        (Some(Reopens::Waits), None) => {
            view! { <p>"You proposed it. A second member of a board that decided confirms it."</p> }.into_any()
        }
        (Some(Reopens::Confirms), None) => view! { <Confirm case=case.reference /> }.into_any(),
        (Some(Reopens::Proposes), None) => view! { <Propose case=case.reference memory /> }.into_any(),
    };
    let is_shown = origin.is_some() || opened.is_some() || proposed.is_some() || case.reopening.may.is_some();
    if !is_shown {
        return act;
    }
    view! {
        <section class="section" aria-labelledby="h-reopening">
            <div class="section-head"><h2 id="h-reopening">"Reopening"</h2></div>
            {origin} {opened} {proposed} {act}
        </section>
    }
    .into_any()
}

#[component]
fn Proposed(proposed: ProposedReopening) -> impl IntoView {
    let by = format!("{} proposes to reopen it, with new facts:", proposed.by);
    let until = format!("A second member confirms it before {}, or it lapses.", show_instant(proposed.lapses_at));
    view! { <p>{by}</p> <blockquote><Prose text=proposed.reason /></blockquote> <p>{until}</p> }
}

#[component]
fn Confirm(case: CaseRef) -> impl IntoView {
    view! {
        <form class="mt-2" method="post" action="/do/confirm_reopening">
            <OwnerField />
            <HiddenField name="case" value=case.to_string() />
            <p>"If you confirm it, a case of its own opens before the boards, with what was declined as it was. This decision stays as it is."</p>
            <button class="btn">"Confirm the reopening"</button>
        </form>
    }
}

#[component]
fn Propose(case: CaseRef, mut memory: Memory) -> impl IntoView {
    let is_begun = memory.is_error() || !memory.typed("reason", "").is_empty();
    // Other reasons stand on the same page.
    if let Some(reason) = memory.typed.remove("reason") {
        memory.typed.insert("reopening".to_owned(), reason);
    }
    view! {
        <details class="more" open=is_begun>
            <summary>"Propose to reopen it on new facts"</summary>
            <form class="mt-2" method="post" action="/do/propose_reopening" novalidate>
                <DefaultButton />
                <OwnerField />
                <HiddenField name="case" value=case.to_string() />
                <p>"A second member of a board that decided confirms it within 14 days. Then a case of its own opens, and this decision stays as it is."</p>
                <TextArea
                    name="reopening"
                    sent_as="reason"
                    label=NEW
                    hint="What the boards did not know as they decided. Kept in the record."
                    value=""
                    memory
                    is_markdown=true
                />
                <button class="btn">"Propose to reopen"</button>
            </form>
        </details>
    }
}
