//! What the rules find, beside what it is about. Squares are the policy engine; circles would be people.

use kwanus_domain::policy::{Finding, Verdict};
use leptos::prelude::*;

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

/// That the rules find nothing.
#[component]
pub(crate) fn AllowedMark(#[prop(default = "Allowed".to_owned())] words: String) -> impl IntoView {
    view! {
        <span class="verdict allowed">
            <svg class="glyph allowed" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="1" fill="none" stroke="currentColor" stroke-width="1.6"></rect>
                <path d="M4.9 8.2l2.1 2.1 4.1-4.4" fill="none" stroke="currentColor" stroke-width="1.7"></path>
            </svg>
            {words}
        </span>
    }
}

/// In how many permissions of a declaration the rules find nothing, and in how many something that the boards weigh.
#[component]
pub(crate) fn FindingTally(
    /// How many are declared, and in how many something was found.
    findings: (i64, i64),
) -> impl IntoView {
    let (all, found) = findings;
    let allowed = all - found;
    view! {
        <span class="vh">"Findings: "</span>
        <span class="tally">
            {(allowed > 0).then(|| view! { <span title=format!("{allowed} allowed")><AllowedMark words=allowed.to_string() /><span class="vh">" allowed"</span></span> })}
            {(found > 0)
                .then(|| view! { <span title=format!("{found} restricted")><VerdictMark verdict=Verdict::Restricted words=found.to_string() /><span class="vh">" restricted"</span></span> })}
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

/// What the rules find about one field of the form.
#[component]
pub(crate) fn FindingNotes(findings: Vec<Finding>, field: &'static str) -> impl IntoView {
    let notes = findings.into_iter().filter(|finding| finding.place.field == field).map(|finding| {
        let class = match finding.verdict() {
            Verdict::Forbidden => "finding-note forbidden",
            Verdict::Restricted | Verdict::Missing => "finding-note restricted",
            Verdict::Advisory => "finding-note advice",
        };
        view! {
            <div class=class>
                <p><VerdictMark verdict=finding.verdict() /></p>
                <p>{finding.message.clone()} ". " <Citation rule=finding.rule.id source=finding.citation() /></p>
            </div>
        }
    });
    notes.collect_view()
}
