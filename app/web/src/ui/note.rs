//! A verdict and what a rule says, for the server and for islands. Squares are the policy engine; circles would be people.

use kwanus_domain::policy::Verdict;
use leptos::prelude::*;

use crate::wire;

/// A verdict: its glyph and its word.
#[component]
pub(crate) fn VerdictMark(verdict: Verdict, #[prop(default = String::new())] words: String) -> impl IntoView {
    let class = match verdict {
        Verdict::Forbidden => "forbidden",
        Verdict::Restricted | Verdict::Missing => "restricted",
        Verdict::Advisory => "advice",
    };
    let glyph = if verdict == Verdict::Advisory {
        view! {
            <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="1" fill="none" stroke="currentColor" stroke-width="1.6"></rect>
            <path d="M8 7.2v4.6M8 3.9v1.7" stroke="currentColor" stroke-width="1.8"></path>
        }
        .into_any()
    } else if verdict == Verdict::Forbidden {
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

/// The source of a rule, which leads to the rule.
#[component]
pub(crate) fn Citation(
    /// The id of the rule.
    #[prop(into)]
    rule: String,
    /// Its source, in the words of its time.
    source: String,
) -> impl IntoView {
    view! { <span class="cite"><a href=format!("/policy#rule-{rule}")>{source}</a></span> }
}

/// What a rule finds beside a field.
#[component]
pub(crate) fn FindingNote(note: wire::Note) -> impl IntoView {
    // A word that only a newer server knows is shown as what it asks for: a look.
    let verdict = Verdict::from_label(&note.verdict).unwrap_or(Verdict::Restricted);
    let class = match verdict {
        Verdict::Forbidden => "finding-note forbidden",
        Verdict::Restricted | Verdict::Missing => "finding-note restricted",
        Verdict::Advisory => "finding-note advice",
    };
    view! {
        <div class=class>
            <p><VerdictMark verdict /></p>
            <p>{note.message} ". " <Citation rule=note.rule source=note.citation /></p>
        </div>
    }
}
