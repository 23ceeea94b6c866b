//! Concerns on the partner's page of a submission.

use kwanus_domain::case::CaseState;
use kwanus_service::submission::Submission;
use leptos::prelude::*;

use super::thread::{SayForm, Words, concern_view};
use crate::ui::{Memory, Unsent};

const ANSWER: Words = Words {
    action: "/do/answer_concern",
    field: "text",
    label: "Answer concern",
    button: "Send answer",
    hint: "Say what you change, or why it is as it is. All boards of the case read it.",
};

/// What members object with, without their names, and a form to answer each.
#[component]
pub(crate) fn PartnerConcerns(submission: Submission, memories: Vec<Memory>) -> impl IntoView {
    if submission.concerns.is_empty() {
        return ().into_any();
    }
    let partner = submission.partner.to_string();
    let threads = submission.concerns.iter().zip(memories).map(|(thread, memory)| {
        let about = match &thread.permission {
            Some(key) => view! { "on " <code>{key.to_string()}</code> }.into_any(),
            None => "on the whole submission".into_any(),
        };
        let form = if thread.may.reply {
            view! { <SayForm case=submission.reference number=thread.number words=ANSWER memory /> }.into_any()
        } else {
            view! { <Unsent memory labels=vec![("text", "Answer")] /> }.into_any()
        };
        concern_view(thread, &partner, about, form)
    });
    let threads = threads.collect_view();
    let hint = (submission.state == CaseState::Open).then(|| {
        view! {
            <p class="mt-1">
                "An open concern holds its board. Whoever raised it says when it is answered; another revision asks every member again."
            </p>
        }
    });
    view! {
        <section aria-labelledby="concerns">
            <h2 class="mt-4" id="concerns">"Concerns"</h2>
            {hint}
            {threads}
        </section>
    }
    .into_any()
}
