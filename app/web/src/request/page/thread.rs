//! A thread as both sides read it.

use kwanus_domain::{
    case::CaseRef,
    request::{RequestState, Said, Side},
    time::{show_date, show_instant},
};
use kwanus_service::request::{Entry, Thread};
use leptos::prelude::*;

use crate::ui::{DefaultButton, HiddenField, Memory, Monogram, OwnerField, Preview, Prose, Unsent, escape_text};

/// Where the reader stands.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    /// The case.
    pub case: CaseRef,
    /// Whether it is before the boards.
    pub is_open: bool,
    /// The partner's name.
    pub partner: String,
}

/// What was asked and said, with `about` what, and the forms by which the reader can say more. What is resolved is closed.
pub(super) fn thread_view(thread: &Thread, setting: &Setting, about: AnyView, forms: AnyView) -> AnyView {
    let (id, heading) = (format!("request-{}", thread.number), format!("h-request-{}", thread.number));
    let labelled_by = heading.clone();
    let title = format!("Request {}", thread.number);
    let entries = thread.entries.iter().enumerate().map(|(n, each)| entry(n == 0, each, thread, setting));
    let entries = view! { <ol class="thread">{entries.collect_view()}</ol> };
    let state = state_tag(thread, setting.is_open);
    let when = when(thread, setting.is_open);
    if thread.state == RequestState::Resolved {
        return view! {
            <details class="concern" id=id>
                <summary><strong>{title}</strong> " " <span class="by">{about}</span> " " {state} " " <span class="by">{when}</span></summary>
                <div class="mt-2">{entries}</div>
            </details>
            {forms}
        }
        .into_any();
    }
    view! {
        <article class="concern" id=id aria-labelledby=labelled_by>
            <header>
                <h3 id=heading>{title}</h3>
                <span class="by">{about}</span>
                {state}
                <span class="by">{when}</span>
            </header>
            {entries}
            {forms}
        </article>
    }
    .into_any()
}

fn state_tag(thread: &Thread, is_open: bool) -> impl IntoView + use<> {
    let (class, word) = match thread.state {
        RequestState::Resolved => ("tag good", RequestState::Resolved.label()),
        _ if !is_open => ("tag", "Not resolved"),
        RequestState::Open if thread.is_overdue => ("tag crit", "Overdue"),
        RequestState::Open => ("tag cau", RequestState::Open.label()),
        RequestState::Answered => ("tag accent", RequestState::Answered.label()),
    };
    view! { <span class=class>{word}</span> }
}

/// By when it is answered, or when it was resolved.
fn when(thread: &Thread, is_open: bool) -> String {
    let due = show_date(thread.due_at.date_naive());
    match (thread.state, thread.resolved_at) {
        (RequestState::Resolved, Some(at)) => {
            let by = thread.resolved_by.as_ref().map(|name| format!(", by {name}"));
            format!("{}{}", show_date(at.date_naive()), by.unwrap_or_default())
        }
        (RequestState::Open, _) if is_open && thread.is_overdue => format!("The answer was due {due}"),
        (RequestState::Open, _) if is_open => format!("Answer by {due}"),
        _ => String::new(),
    }
}

fn entry(is_first: bool, entry: &Entry, thread: &Thread, setting: &Setting) -> impl IntoView + use<> {
    let (mark, side) = match entry.side {
        Side::Board => (
            view! { <Monogram board=thread.board.clone() name=thread.board_name.clone() /> }.into_any(),
            thread.board.monogram(),
        ),
        Side::Partner => (
            view! { <span class="mono-tile" aria-hidden="true">{initials(&setting.partner)}</span> }.into_any(),
            setting.partner.clone(),
        ),
    };
    let (who, of) = match (&entry.who, entry.side) {
        (Some(who), Side::Partner) => (who.clone(), format!(", {side},")),
        (Some(who), Side::Board) => (who.clone(), String::new()),
        (None, _) => (side, String::new()),
    };
    let (verb, text) = match (&entry.said, entry.side) {
        (Said::Revision(number), _) => (format!("answered by revision {number}"), None),
        (Said::Text(text), Side::Partner) => ("answered".to_owned(), Some(text.to_string())),
        (Said::Text(text), Side::Board) if is_first => {
            (format!("asked about revision {}", thread.revision), Some(text.to_string()))
        }
        (Said::Text(text), Side::Board) => ("replied".to_owned(), Some(text.to_string())),
    };
    view! {
        <li>
            {mark}
            <div>
                <p class="by">
                    <strong>{who}</strong>
                    {format!("{of} {verb}, ")}
                    <time datetime=entry.at.format("%Y-%m-%dT%H:%MZ").to_string()>{show_instant(entry.at)}</time>
                </p>
                {text.map(|text| view! { <Prose text /> })}
            </div>
        </li>
    }
}

/// `OC` for Orbit CRM.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(3).flat_map(char::to_uppercase).collect()
}

/// What a form in a thread says about itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    /// The verb that it is posted to.
    pub action: &'static str,
    /// What stands above the text.
    pub label: &'static str,
    /// What stands on its button.
    pub button: &'static str,
    /// Who reads it.
    pub hint: &'static str,
}

/// A form by which somebody says something in a thread.
#[component]
pub(super) fn SayForm(case: CaseRef, number: i64, words: Words, memory: Memory) -> impl IntoView {
    let id = format!("text-{number}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let violation = memory.violation(&id);
    let described = if violation.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
    let (class, invalid) = if violation.is_some() { ("field error", Some("true")) } else { ("field", None) };
    // leptos writes what stands in a textarea as it is, and a browser drops the first line break.
    let typed = memory.typed("text", "");
    let text = format!("\n{}", escape_text(&typed));
    let label = format!("{} request {number}", words.label);
    let label_for = id.clone();
    let preview = view! { <Preview id=id.clone() label=label.clone() text=typed memory /> };
    view! {
        <form class="mt-2 column" method="post" action=words.action novalidate>
            <DefaultButton />
            <OwnerField />
            <HiddenField name="case" value=case.to_string() />
            <HiddenField name="request" value=number.to_string() />
            <div class=class>
                <label for=label_for>{label}</label>
                <span class="hint" id=hint_id>{words.hint}</span>
                {violation
                    .map(|violation| {
                        view! {
                            <span class="error-text" id=error_id>
                                <span class="vh">"Error: "</span>
                                {violation.message.into_owned()}
                            </span>
                        }
                    })}
                <textarea id=id name="text" rows="3" aria-describedby=described aria-invalid=invalid>
                    {text}
                </textarea>
                {preview}
            </div>
            <div class="actions"><button class="btn">{words.button}</button></div>
        </form>
    }
}

/// What somebody wrote into a thread that takes it no more.
pub(super) fn unsent(memory: Memory) -> AnyView {
    view! { <Unsent memory labels=vec![("text", "Text")] /> }.into_any()
}
