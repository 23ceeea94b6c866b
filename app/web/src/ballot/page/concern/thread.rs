//! A concern as both sides read it.

use kwanus_domain::{
    ballot::ConcernState,
    case::CaseRef,
    request::Side,
    time::{show_date, show_instant},
};
use kwanus_service::ballot::{ConcernEntry, ConcernThread};
use leptos::prelude::*;

use crate::ui::{DefaultButton, HiddenField, Memory, Monogram, OwnerField, Preview, Prose, escape_text};

/// What it is called, what was said, with `about` what, and the forms by which the reader can say more. What is closed is shut.
pub(super) fn concern_view(thread: &ConcernThread, partner: &str, about: AnyView, forms: AnyView) -> AnyView {
    let (id, heading) = (format!("concern-{}", thread.number), format!("h-concern-{}", thread.number));
    let labelled_by = heading.clone();
    let title = format!("{}. {}", thread.number, thread.name);
    let entries = thread.entries.iter().enumerate().map(|(n, each)| entry(n == 0, each, thread, partner));
    let entries = view! { <ol class="thread">{entries.collect_view()}</ol> };
    let state = state_tag(thread);
    let seconds = (!thread.seconded_by.is_empty())
        .then(|| view! { <p class="by mt-1">"Shared by " {thread.seconded_by.join(", ")} "."</p> });
    let overruled = thread.overruled_by.iter().map(|(who, why)| {
        view! { <li><div><p class="by"><strong>{who.clone()}</strong> " would overrule it"</p> <Prose text=why.clone() /></div></li> }
    });
    let overruled = (!thread.overruled_by.is_empty()).then(|| {
        let count = match thread.overruling {
            Some(needed) => format!("{} of {needed} who overrule it", thread.overruled_by.len()),
            None => "Who would overrule it".to_owned(),
        };
        view! { <p class="by mt-2">{count}</p> <ul class="thread">{overruled.collect_view()}</ul> }
    });
    if !thread.state.is_open() {
        return view! {
            <details class="concern" id=id>
                <summary><strong>{title}</strong> " " {state}</summary>
                <div class="mt-2"><p class="by">{about}</p> {entries} {overruled}</div>
            </details>
            {forms}
        }
        .into_any();
    }
    view! {
        <article class="concern" id=id aria-labelledby=labelled_by>
            <header>
                <h3 id=heading>{title}</h3>
                {state}
                <span class="by">{about}</span>
            </header>
            {entries}
            {seconds}
            {overruled}
            {forms}
        </article>
    }
    .into_any()
}

fn state_tag(thread: &ConcernThread) -> impl IntoView + use<> {
    let day = thread.closed_at.map(|at| format!(" {}", show_date(at.date_naive()))).unwrap_or_default();
    let (class, words) = match thread.state {
        ConcernState::Open if thread.holds_board => ("tag crit", format!("Open, holds {}", thread.board.monogram())),
        ConcernState::Open => ("tag cau", "Open, holds nothing now".to_owned()),
        ConcernState::Resolved => ("tag good", format!("Resolved{day}")),
        ConcernState::Overruled | ConcernState::Dropped => ("tag", format!("{}{day}", thread.state.label())),
    };
    view! { <span class=class>{words}</span> }
}

fn entry(is_first: bool, entry: &ConcernEntry, thread: &ConcernThread, partner: &str) -> impl IntoView + use<> {
    let (mark, side) = match entry.side {
        Side::Board => {
            let of_board =
                is_first.then(|| view! { <Monogram board=thread.board.clone() name=thread.board_name.clone() /> });
            (of_board.into_any(), if is_first { thread.board.monogram() } else { "A member of the boards".to_owned() })
        }
        Side::Partner => (
            view! { <span class="mono-tile" aria-hidden="true">{initials(partner)}</span> }.into_any(),
            partner.to_owned(),
        ),
    };
    let who = match (&entry.who, entry.side) {
        (Some(who), Side::Partner) => view! { <strong>{who.clone()}</strong> ", " {side} }.into_any(),
        (Some(who), Side::Board) => view! { <strong>{who.clone()}</strong> }.into_any(),
        (None, _) => view! { <strong>{side}</strong> }.into_any(),
    };
    let verb = if is_first { format!(" objected to revision {}, ", thread.revision) } else { ", ".to_owned() };
    view! {
        <li>
            {mark}
            <div>
                <p class="by">
                    {who}
                    {verb}
                    <time datetime=entry.at.format("%Y-%m-%dT%H:%MZ").to_string()>{show_instant(entry.at)}</time>
                </p>
                <Prose text=entry.text.to_string() />
            </div>
        </li>
    }
}

/// `OC` for Orbit CRM.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(3).flat_map(char::to_uppercase).collect()
}

/// What a form of a concern says about itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    /// The verb that it is posted to.
    pub action: &'static str,
    /// The name of its text.
    pub field: &'static str,
    /// What stands above the text.
    pub label: &'static str,
    /// What stands on its button.
    pub button: &'static str,
    /// Who reads it.
    pub hint: &'static str,
}

/// A form by which somebody says something about a concern.
#[component]
pub(super) fn SayForm(case: CaseRef, number: i64, words: Words, memory: Memory) -> impl IntoView {
    let id = format!("concern-{}-{number}", words.field);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let violation = memory.violation(&id);
    let described = if violation.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
    let (class, invalid) = if violation.is_some() { ("field error", Some("true")) } else { ("field", None) };
    // leptos writes what stands in a textarea as it is, and a browser drops the first line break.
    let typed = memory.typed(words.field, "");
    let text = format!("\n{}", escape_text(&typed));
    let label = format!("{} {number}", words.label);
    let label_for = id.clone();
    let preview = view! { <Preview id=id.clone() label=label.clone() text=typed memory /> };
    let error = violation.map(|violation| {
        view! {
            <span class="error-text" id=error_id>
                <span class="vh">"Error: "</span>
                {violation.message.into_owned()}
            </span>
        }
    });
    view! {
        <form class="mt-2 column" method="post" action=words.action novalidate>
            <DefaultButton />
            <OwnerField />
            <HiddenField name="case" value=case.to_string() />
            <HiddenField name="concern" value=number.to_string() />
            <div class=class>
                <label for=label_for>{label}</label>
                <span class="hint" id=hint_id>{words.hint}</span>
                {error}
                <textarea id=id name=words.field rows="3" aria-describedby=described aria-invalid=invalid>
                    {text}
                </textarea>
                {preview}
            </div>
            <div class="actions"><button class="btn">{words.button}</button></div>
        </form>
    }
}
