//! Deferring a case to the next meeting of a board.

use kwanus_domain::{case::CaseRef, time::show_date};
use kwanus_service::meeting::CaseDeferral;
use leptos::prelude::*;
use tower_sessions::Session;

use crate::{
    state::Visit,
    ui::{HiddenField, Memory, OwnerField, SelectField, TextArea, Unsent, recall},
};

/// What was typed into the form, whose reason stands beside others on the page of a case.
pub(crate) async fn recall_deferral(
    session: &Session,
    visit: &Visit,
    case: CaseRef,
    deferrals: &[CaseDeferral],
) -> Memory {
    let mut memory = recall(session, visit, "defer_case", &case.to_string()).await;
    for violation in memory.violations.iter_mut().filter(|violation| violation.field == "reason") {
        violation.field = "deferral".into();
    }
    if deferrals.iter().any(|deferral| deferral.may_defer) { memory } else { memory.without_fields() }
}

/// To which meetings a case is deferred, and the form that defers it to the next one.
#[component]
pub(crate) fn DeferSection(case: CaseRef, deferrals: Vec<CaseDeferral>, mut memory: Memory) -> impl IntoView {
    let open: Vec<_> = deferrals.iter().filter(|deferral| deferral.may_defer).collect();
    let lines = deferrals.iter().flat_map(|deferral| deferral.deferred.iter().map(move |row| (&deferral.board, row)));
    let lines = lines.map(|(board, row)| {
        let href = format!("/boards/{board}/meetings/{}", row.day);
        let words = format!("{} meeting of {}", board.monogram(), show_date(row.day));
        let why = format!(", deferred by {}: {}", row.name, row.reason);
        view! { <li><a href=href>{words}</a> <span class="prose">{why}</span></li> }
    });
    let lines: Vec<_> = lines.collect();
    if open.is_empty() && lines.is_empty() {
        return view! { <Unsent memory labels=vec![("reason", "Why it is deferred")] /> }.into_any();
    }
    let form = if open.is_empty() {
        view! { <Unsent memory labels=vec![("reason", "Why it is deferred")] /> }.into_any()
    } else {
        let is_begun = memory.is_error() || !memory.typed("reason", "").is_empty();
        if let Some(reason) = memory.typed.remove("reason") {
            memory.typed.insert("deferral".to_owned(), reason);
        }
        let named = |deferral: &CaseDeferral| {
            let day = deferral.next.map(show_date).unwrap_or_default();
            (deferral.board.to_string(), format!("{} meeting of {day}", deferral.board.monogram()))
        };
        let board = if let [only] = open[..] {
            let (board, words) = named(only);
            view! { <HiddenField name="board" value=board /> <p>"To the " {words} "."</p> }.into_any()
        } else {
            let options: Vec<_> = open.iter().map(|deferral| named(deferral)).collect();
            let first = options.first().map(|(board, _)| board.clone()).unwrap_or_default();
            let memory = memory.clone();
            view! { <SelectField name="board" label="Meeting" value=first options memory /> }.into_any()
        };
        view! {
            <details class="more mt-2" open=is_begun>
                <summary>"Defer to the next meeting"</summary>
                <form class="mt-2" method="post" action="/do/defer_case" novalidate>
                    <OwnerField />
                    <HiddenField name="case" value=case.to_string() />
                    {board}
                    <TextArea
                        name="deferral"
                        sent_as="reason"
                        label="Why should the board talk about it?"
                        hint="The boards read it. The ballot closes when it would have: silence never approves, and you can take a position before and after."
                        value=""
                        memory
                    />
                    <button class="btn">"Defer the case"</button>
                </form>
            </details>
        }
        .into_any()
    };
    let list = (!lines.is_empty()).then(|| view! { <ul class="plain-list">{lines}</ul> });
    view! {
        <section class="section" aria-labelledby="h-meetings">
            <div class="section-head"><h2 id="h-meetings">"Meetings"</h2><p>"A meeting moves no date."</p></div>
            {list}
            {form}
        </section>
    }
    .into_any()
}
