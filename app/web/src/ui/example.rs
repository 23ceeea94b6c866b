//! What a good answer looks like, and what helps nobody.

use kwanus_domain::declaration;
use leptos::prelude::*;

/// A good and a poor answer to a question, behind a line to open.
#[component]
pub(crate) fn Examples(
    /// The question.
    label: &'static str,
    examples: declaration::Examples,
) -> impl IntoView {
    let declaration::Examples { good, poor } = examples;
    view! {
        <details class="more examples">
            <summary>"A good and a poor answer" <span class="vh">": " {label}</span></summary>
            <p class="mt-1"><strong>"Good: "</strong> "“" {good} "”"</p>
            <p class="mt-1"><strong>"Poor: "</strong> "“" {poor} "”"</p>
        </details>
    }
}
