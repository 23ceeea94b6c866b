//! What was changed in a draft since the revision that it was filled from.

use kwanus_domain::declaration::{How, PartDifference, RowDifference};
use leptos::prelude::*;

/// How a part of a draft differs from that revision, and the number of that one.
pub(super) type Since = (PartDifference, i64);

/// How something stands to that revision: `Changed since revision 2`.
#[component]
pub(super) fn SinceMark(how: How, number: i64) -> impl IntoView {
    let (class, word) = match how {
        How::Added => ("change added", "Added"),
        How::Removed => ("change removed", "Taken out"),
        How::Changed => ("change changed", "Changed"),
        How::Unchanged => ("change", "Unchanged"),
    };
    view! { <span class=class>{format!("{word} since revision {number}")}</span> }
}

/// Marks the answer to a question that was answered otherwise. Where all of a part is new, that is said once, at its head.
pub(super) fn changed(difference: Option<&PartDifference>, label: &str) -> Option<AnyView> {
    let difference = difference.filter(|difference| difference.how == How::Changed)?;
    let is_changed = difference.row(label).is_some_and(RowDifference::is_changed);
    is_changed.then(|| view! { <span class="change changed">"Changed"</span> }.into_any())
}

/// What a field of the form said in that revision, where it says something else now.
pub(super) fn before(since: Option<&Since>, label: &'static str) -> Option<AnyView> {
    let (difference, number) = since.filter(|(difference, _)| difference.how == How::Changed)?;
    let row = difference.row(label).filter(|row| row.is_changed())?;
    let text = match row.before() {
        text if text.is_empty() => "Nothing was answered.".to_owned(),
        text => text.trim_end().to_owned(),
    };
    let summary = format!("Changed since revision {number}");
    let view = view! {
        <details class="more before">
            <summary>{summary} <span class="vh">": " {label}</span></summary>
            <p class="mt-1 prose"><strong>"Before: "</strong> {text}</p>
        </details>
    };
    Some(view.into_any())
}
