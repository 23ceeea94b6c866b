//! What the rules find, beside what it is about. Squares are the policy engine; circles would be people.

use kwanus_domain::policy::{Finding, Verdict};
use leptos::prelude::*;

/// A verdict: its glyph and its word.
#[component]
pub(super) fn VerdictMark(verdict: Verdict, #[prop(default = String::new())] words: String) -> impl IntoView {
    let class = match verdict {
        Verdict::Forbidden => "forbidden",
        Verdict::Restricted | Verdict::Missing => "restricted",
    };
    let glyph = if verdict == Verdict::Forbidden {
        view! {
            <rect x="1" y="1" width="14" height="14" rx="1" fill="currentColor"></rect>
            <path d="M4.2 8h7.6" stroke="var(--canvas)" stroke-width="2.2"></path>
        }
        .into_any()
    } else {
        view! {
            <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="1" fill="none" stroke="currentColor" stroke-width="1.6"></rect>
            <path d="M8 4.2v4.6M8 10.4v1.7" stroke="currentColor" stroke-width="1.8"></path>
        }
        .into_any()
    };
    let words = if words.is_empty() { verdict.label().to_owned() } else { words };
    view! {
        <span class=format!("verdict {class}")>
            <svg class=format!("glyph {class}") viewBox="0 0 16 16" aria-hidden="true" focusable="false">{glyph}</svg>
            {words}
        </span>
    }
}

/// What the rules find about one field of the form.
#[component]
pub(super) fn FindingNotes(findings: Vec<Finding>, field: &'static str) -> impl IntoView {
    let notes = findings.into_iter().filter(|finding| finding.field == field).map(|finding| {
        let class = match finding.verdict() {
            Verdict::Forbidden => "finding-note forbidden",
            Verdict::Restricted | Verdict::Missing => "finding-note restricted",
        };
        view! {
            <div class=class>
                <p><VerdictMark verdict=finding.verdict() /></p>
                <p>{finding.message.clone()} ". " <span class="cite"><a href="/policy">{finding.citation()}</a></span></p>
            </div>
        }
    });
    notes.collect_view()
}
