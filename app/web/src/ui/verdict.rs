//! What the rules find, beside what it is about. Squares are the policy engine; circles would be people.

use kwanus_domain::policy::{Finding, Verdict};
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

/// What the rules find about one field of the form. An island that follows the form finds it by the field's name.
#[component]
pub(crate) fn FindingNotes(findings: Vec<Finding>, field: &'static str) -> impl IntoView {
    let notes = findings.iter().filter(|finding| finding.place.field == field);
    let notes = notes.map(|finding| view! { <FindingNote note=wire::Note::from(finding) /> }).collect_view();
    view! { <div data-notes=field>{notes}</div> }
}
