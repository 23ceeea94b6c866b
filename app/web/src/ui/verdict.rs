//! What the rules find, beside what it is about. Squares are the policy engine; circles would be people.

use kwanus_domain::policy::{Finding, Risk, Verdict};
use leptos::prelude::*;

use super::note::{FindingNote, VerdictMark};
use crate::wire;

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

/// In how many permissions of a declaration the rules find nothing, in how much of it something that the boards weigh, and in how
/// much something forbidden.
#[component]
pub(crate) fn FindingTally(
    /// What the rules found.
    risk: Risk,
) -> impl IntoView {
    let allowed = risk.allowed();
    let found = [Verdict::Restricted, Verdict::Forbidden].into_iter().filter_map(|verdict| {
        let count = risk.count(verdict);
        (count > 0).then(|| {
            let words = format!(" {}", verdict.word());
            let title = format!("{count}{words}");
            view! { <span title=title><VerdictMark verdict words=count.to_string() /><span class="vh">{words}</span></span> }
        })
    });
    let found = found.collect_view();
    view! {
        <span class="vh">"Findings: "</span>
        <span class="tally">
            {(allowed > 0).then(|| view! { <span title=format!("{allowed} allowed")><AllowedMark words=allowed.to_string() /><span class="vh">" allowed"</span></span> })}
            {found}
        </span>
    }
}

/// What the rules find about one field of the form. An island that follows the form finds it by the field's name.
#[component]
pub(crate) fn FindingNotes(findings: Vec<Finding>, field: &'static str) -> impl IntoView {
    let notes = findings.iter().filter(|finding| finding.place.field == field);
    let notes = notes.map(|finding| view! { <FindingNote note=wire::Note::from(finding) /> }).collect_view();
    view! { <div data-notes=field>{notes}</div> }
}
