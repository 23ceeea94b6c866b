//! What is declared besides permissions, part by part, against the revision that was carried.

use kwanus_service::case::DeclaredPart;
use leptos::prelude::*;

use super::declaration::Findings;
use crate::ui::{AllowedMark, VerdictMark, answered};

/// The layers, compliance and copies of the data, as they are declared.
#[component]
pub(super) fn PartsSection(
    parts: Vec<DeclaredPart>,
    /// Whether there is a carried revision to compare them with.
    is_compared: bool,
) -> impl IntoView {
    // Cases of before this was asked declare none.
    (!parts.is_empty()).then(|| {
        let rows = parts.into_iter().map(|part| row(part, is_compared)).collect_view();
        view! {
            <section class="section" id="parts" aria-labelledby="h-parts">
                <div class="section-head">
                    <h2 id="h-parts">"How it works"</h2>
                    <p>"Layers, data and compliance."</p>
                </div>
                {rows}
            </section>
        }
    })
}

/// A part, folded where nothing is new.
pub(super) fn row(part: DeclaredPart, is_compared: bool) -> impl IntoView {
    let is_changed = part.rows.iter().any(|(.., is_changed)| *is_changed);
    let change = match (is_compared, part.is_added, is_changed) {
        (false, ..) => None,
        (_, true, _) => Some(("change added", "Added")),
        (.., true) => Some(("change changed", "Changed")),
        _ => Some(("change", "Unchanged")),
    };
    let change = change.map(|(class, word)| view! { <span class=class>{word}</span> });
    let worst = part.findings.iter().map(|finding| finding.verdict).min();
    let verdict = worst
        .map_or_else(|| view! { <AllowedMark /> }.into_any(), |verdict| view! { <VerdictMark verdict /> }.into_any());
    let rows = part.rows.into_iter().map(|(label, text, is_changed)| {
        let text = answered(&label, text);
        let text = if is_changed { view! { <ins>{text}</ins> }.into_any() } else { text };
        view! { <dt>{label}</dt><dd>{text}</dd> }
    });
    view! {
        <details class="permission part" open=is_changed || part.is_added || worst.is_some()>
            <summary>
                <h3>{part.title}</h3>
                {change}
                {verdict}
            </summary>
            <div class="body">
                <dl class="spec">
                    {rows.collect_view()}
                    <dt>"Findings"</dt>
                    <dd><Findings findings=part.findings /></dd>
                </dl>
            </div>
        </details>
    }
}
