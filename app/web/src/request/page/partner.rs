//! Requests on the pages of a partner.

use kwanus_domain::{
    case::CaseState,
    permission::PermissionKey,
    request::{Anchor, RequestState, Said},
};
use kwanus_service::{request::Thread, submission::Submission};
use leptos::prelude::*;

use super::thread::{SayForm, Setting, Words, thread_view, unsent};
use crate::ui::{Memory, Monogram, Prose, here};

/// What the boards asked for, each with its date and a form to answer it.
#[component]
pub(crate) fn ChangesRequested(submission: Submission, memories: Vec<Memory>) -> impl IntoView {
    if submission.requests.is_empty() {
        return ().into_any();
    }
    let (_, visit) = here();
    let partner = visit.person().and_then(kwanus_service::Person::partner).map(|own| own.name.to_string());
    let setting = Setting {
        case: submission.reference,
        is_open: submission.state == CaseState::Open,
        partner: partner.unwrap_or_default(),
    };
    let threads = submission.requests.iter().zip(memories).map(|(thread, memory)| {
        let about = about(&thread.anchor, &submission);
        let may_answer = setting.is_open && thread.state != RequestState::Resolved;
        let form = if may_answer { answer_form(thread, &setting, memory) } else { unsent(memory) };
        thread_view(thread, &setting, about, form)
    });
    let threads = threads.collect_view();
    let hint = setting.is_open.then(|| {
        view! { <p class="mt-1">"Answer here, or submit another revision: it answers all that is open."</p> }
    });
    view! {
        <section aria-labelledby="requests">
            <h2 class="mt-4" id="requests">"Changes requested"</h2>
            {hint}
            {threads}
        </section>
    }
    .into_any()
}

fn about(anchor: &Anchor, submission: &Submission) -> AnyView {
    let Some(key) = anchor.key() else { return "on the whole submission".into_any() };
    let name = key.to_string();
    let is_declared = submission.permissions.iter().any(|each| each.permission.key == *key);
    if submission.is_draft && is_declared {
        let href = format!("/submissions/{}/permissions/{name}", submission.reference);
        view! { "on " <a href=href><code>{name}</code></a> }.into_any()
    } else {
        view! { "on " <code>{name}</code> }.into_any()
    }
}

fn answer_form(thread: &Thread, setting: &Setting, memory: Memory) -> AnyView {
    let words = Words {
        action: "/do/answer_request",
        label: "Answer",
        button: "Send answer",
        hint: "Say what you change, or why it is as it is. The boards read it.",
    };
    view! { <SayForm case=setting.case number=thread.number words memory /> }.into_any()
}

/// What the boards asked for about a permission that is being written.
#[component]
pub(crate) fn RequestNotice(submission: Submission, key: PermissionKey) -> impl IntoView {
    let of_it = submission
        .requests
        .iter()
        .filter(|thread| thread.anchor.key() == Some(&key) && thread.state != RequestState::Resolved);
    let rows: Vec<_> = of_it
        .map(|thread| {
            let href = format!("/submissions/{}#request-{}", submission.reference, thread.number);
            let link = format!("Answer request {}", thread.number);
            let text = thread.entries.iter().find_map(|entry| match &entry.said {
                Said::Text(text) => Some(text.to_string()),
                Said::Revision(_) => None,
            });
            let text = text.map(|text| view! { <Prose text /> });
            view! {
                <li>
                    <Monogram board=thread.board.clone() name=thread.board_name.clone() />
                    <div>{text} <a href=href>{link}</a></div>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="notice cau mt-2" aria-labelledby="requests">
                <h2 id="requests">"Changes requested"</h2>
                <ul class="requests mt-2">{rows}</ul>
            </section>
        }
    })
}
