//! What the rules find in a draft, beside its form. Alive, it keeps what is typed as it is typed, and reads it anew.

use kwanus_domain::policy::Verdict;
use leptos::prelude::*;

use crate::{ui::VerdictMark, wire};

/// What the rules find in all. The server renders it whole; alive, it follows the form.
#[island]
pub fn LiveCheck(
    /// The id of the form.
    form: String,
    /// Where what is typed is kept: `/do/keep_part`.
    action: String,
    /// What the rules find as the page is made.
    notes: Vec<wire::Note>,
    /// Whether anything was answered already: before that, finding nothing means nothing.
    is_begun: bool,
) -> impl IntoView {
    let is_begun = RwSignal::new(is_begun);
    let notes = RwSignal::new(notes);
    let status = RwSignal::new("Checked as it is saved. The boards see the same findings.".to_owned());
    let is_elsewhere = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    super::live::follow(&form, &action, super::live::Signals { notes, status, is_elsewhere, is_begun });
    #[cfg(not(feature = "hydrate"))]
    let _ = (form, action);
    view! {
        <p class="notice cau small" hidden=move || !is_elsewhere.get()>
            "This page is open in another tab as well. What is typed there takes the place of what is typed here: close one of them."
        </p>
        <ul class="stack mt-1 small plain-list">{move || counts(&notes.get())}</ul>
        <p class="small" hidden=move || !notes.get().is_empty()>
            {move || if is_begun.get() { "Nothing is found. It can be submitted." } else { "Nothing is answered yet." }}
        </p>
        <p class="small quiet mt-2" role="status">{move || status.get()}</p>
    }
}

/// How much is found of each verdict, and what that means.
fn counts(notes: &[wire::Note]) -> impl IntoView + use<> {
    let rows = Verdict::ALL.into_iter().filter_map(|verdict| {
        let count = notes.iter().filter(|note| note.verdict == verdict.label()).count();
        let what = match verdict {
            Verdict::Forbidden => "Blocks your submission.",
            Verdict::Missing => "Still to answer before you submit.",
            Verdict::Restricted => "The boards will ask why.",
            Verdict::Advisory => "Worth a second look. Nothing stops you.",
        };
        let words = format!("{count} {}", verdict.label().to_lowercase());
        (count > 0).then(|| {
            view! {
                <li>
                    <VerdictMark verdict words />
                    <br />
                    <span class="quiet">{what}</span>
                </li>
            }
        })
    });
    rows.collect_view()
}
