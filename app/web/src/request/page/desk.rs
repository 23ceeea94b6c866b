//! Requests on the page of a case.

use kwanus_domain::{
    board::BoardKey,
    case::CaseState,
    permission::PermissionKey,
    request::{Anchor, RequestState},
};
use kwanus_service::{
    case::{Case, Matter},
    request::Thread,
};
use leptos::prelude::*;

use super::{
    memory::DeskMemory,
    thread::{SayForm, Setting, Words, thread_view, unsent},
};
use crate::ui::{DefaultButton, HiddenField, Memory, OwnerField, SelectField, TextArea, Unsent};

/// The threads of a submission, with what the reader can say, and the form that asks for more.
#[component]
pub(crate) fn RequestSection(case: Case, memory: DeskMemory) -> impl IntoView {
    let Matter::Declaration(declaration) = &case.matter else { return ().into_any() };
    let keys: Vec<_> = declaration.permissions.iter().map(|each| each.permission.key.clone()).collect();
    let DeskMemory { ask, threads: memories, .. } = memory;
    let may_ask = !case.speaks_for.is_empty();
    if case.requests.is_empty() && !may_ask {
        return lost(ask).into_any();
    }
    let setting =
        Setting { case: case.reference, is_open: case.state == CaseState::Open, partner: case.partner.to_string() };
    let count = |state: RequestState| case.requests.iter().filter(|thread| thread.state == state).count();
    let summary = match case.requests.len() {
        0 => "No change is asked for. What is asked never stops the ballots.".to_owned(),
        _ => format!(
            "{} open, {} answered, {} resolved. They never stop the ballots.",
            count(RequestState::Open),
            count(RequestState::Answered),
            count(RequestState::Resolved)
        ),
    };
    let threads = case.requests.iter().zip(memories).map(|(thread, memory)| {
        let about = about(&thread.anchor, &keys);
        let forms = forms(thread, &case.speaks_for, &setting, memory);
        thread_view(thread, &setting, about, forms)
    });
    let threads = threads.collect_view();
    let form = if may_ask {
        view! { <AskForm case=case.reference.to_string() boards=case.speaks_for.clone() keys memory=ask /> }.into_any()
    } else {
        lost(ask).into_any()
    };
    view! {
        <section class="section" id="requests" aria-labelledby="h-requests">
            <div class="section-head"><h2 id="h-requests">"Requests"</h2><p>{summary}</p></div>
            {threads}
            {form}
        </section>
    }
    .into_any()
}

/// What it is about, with the way there where the revision before the boards declares it.
fn about(anchor: &Anchor, keys: &[PermissionKey]) -> AnyView {
    let Some(key) = anchor.key() else { return "on the whole case".into_any() };
    let name = key.to_string();
    match keys.iter().position(|other| other == key) {
        Some(n) => {
            let (href, which) = (format!("#p{}", n + 1), format!("permission {}", n + 1));
            view! { "on " <a href=href>{which} ", " <code>{name}</code></a> }.into_any()
        }
        None => view! { "on " <code>{name}</code> ", which is declared no more" }.into_any(),
    }
}

/// What a member of the board can say in a thread, or what they wrote and cannot send any more.
fn forms(thread: &Thread, speaks_for: &[BoardKey], setting: &Setting, memory: Memory) -> AnyView {
    if thread.state == RequestState::Resolved || !speaks_for.contains(&thread.board) {
        return unsent(memory);
    }
    let words = Words {
        action: "/do/reply_request",
        label: "Reply in",
        button: "Add reply",
        hint: "The partner reads it, without your name. It is their turn then.",
    };
    let (case, number) = (setting.case, thread.number);
    view! {
        <SayForm case number words memory />
        <form class="mt-2" method="post" action="/do/resolve_request">
            <OwnerField />
            <HiddenField name="case" value=case.to_string() />
            <HiddenField name="request" value=number.to_string() />
            <button class="btn small">{format!("Resolve request {number}")}</button>
        </form>
    }
    .into_any()
}

/// What somebody wanted to ask who cannot any more.
fn lost(memory: Memory) -> impl IntoView {
    view! { <Unsent memory labels=vec![("about", "About"), ("text", "What should change")] /> }
}

#[component]
fn AskForm(case: String, boards: Vec<BoardKey>, keys: Vec<PermissionKey>, memory: Memory) -> impl IntoView {
    let is_begun = memory.is_error() || !memory.typed("text", "").is_empty();
    let numbered = keys.iter().enumerate().map(|(n, key)| (key.to_string(), format!("Permission {}, {key}", n + 1)));
    let whole = (Anchor::Whole.as_str().to_owned(), "The whole case".to_owned());
    let options: Vec<_> = std::iter::once(whole).chain(numbered).collect();
    let first = boards.first().map(|board| board.as_str().to_owned()).unwrap_or_default();
    let board = if boards.len() > 1 {
        let boards = boards.iter().map(|board| (board.as_str().to_owned(), board.monogram())).collect();
        let memory = memory.clone();
        view! { <SelectField name="board" label="In the name of" value=first options=boards memory /> }.into_any()
    } else {
        view! { <HiddenField name="board" value=first /> }.into_any()
    };
    view! {
        <details class="more mt-2" id="ask" open=is_begun>
            <summary>"Ask for a change"</summary>
            <form class="mt-2 column" method="post" action="/do/ask_for_change" novalidate>
                <DefaultButton />
                <OwnerField />
                <HiddenField name="case" value=case />
                {board}
                <SelectField name="about" label="What is it about?" value=Anchor::Whole.as_str() options memory=memory.clone() />
                <TextArea
                    name="text"
                    label="What should change?"
                    hint="The partner reads it as your board’s, without your name, and has 10 working days to answer."
                    value=""
                    memory
                    is_markdown=true
                />
                <div class="actions"><button class="btn">"Ask for this change"</button></div>
            </form>
        </details>
    }
}
