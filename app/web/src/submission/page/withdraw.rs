//! Taking a submission back from the boards.

use kwanus_service::submission::Submission;
use leptos::prelude::*;

use crate::ui::{HiddenField, Memory, OwnerField, TextArea};

/// What the reason is called.
pub(super) const WHY: &str = "Why you withdraw it, if you want to say";

/// What happens, and the button: behind a line to open, so that nobody withdraws by accident.
#[component]
pub(super) fn Withdraw(submission: Submission, memory: Memory) -> impl IntoView {
    let draft =
        submission.is_revising.then(|| format!(" Revision {}, which you are writing, is deleted.", submission.number));
    let is_wrong = memory.is_error();
    view! {
        <details class="more" open=is_wrong>
            <summary>"Withdraw this submission"</summary>
            <p class="mt-1">
                "The boards stop. Nothing is granted by it; what is granted runs on to its end. You can start another at any time."
                {draft}
            </p>
            <form class="mt-2" method="post" action="/do/withdraw_submission" novalidate>
                <OwnerField />
                <HiddenField name="case" value=submission.reference.to_string() />
                <HiddenField name="revision" value=submission.submitted.to_string() />
                <TextArea name="reason" label=WHY value="" memory hint="The boards read it in the timeline of the case." />
                <button class="btn danger">"Withdraw submission"</button>
            </form>
        </details>
    }
}
