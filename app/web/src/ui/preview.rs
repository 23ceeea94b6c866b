//! What stands below a field that is written in Markdown.

use leptos::prelude::*;

use super::{memory::Memory, prose::previewed};
use crate::preview::PreviewButton;

/// How to write it, the button that shows what it will look like, and what it looks like where that was asked for.
///
/// Without JavaScript the button sends the form. Its server function hands the field to
/// [`Form::preview`](super::Form::preview), which does nothing else then. The form begins with a [`DefaultButton`], or whoever
/// presses Enter in a line of text would be shown a preview.
#[component]
pub(crate) fn Preview(
    /// The id of the field on the page.
    #[prop(into)]
    id: String,
    /// What the field is called.
    #[prop(into)]
    label: String,
    /// What stands in it.
    text: String,
    /// What was typed into its form.
    memory: Memory,
) -> impl IntoView {
    let is_asked = memory.is_previewed(&id);
    let html = if is_asked { previewed(&text) } else { String::new() };
    let place = format!("{id}-preview");
    view! {
        <div class="preview">
            <PreviewButton field=id label />
            <span class="quiet">
                "You can use "
                <a href="/help#markdown" target="_blank">"Markdown" <span class="vh">" (opens in a new tab)"</span></a>
                ": **bold**, lists, links"
            </span>
            <div class="prose" id=place role="group" aria-label="Preview" tabindex="-1" dir="auto" hidden=!is_asked inner_html=html></div>
        </div>
    }
}

/// The button that a browser presses for whoever presses Enter in a line of text: the first of the form, which would else be
/// that of a preview. It does what the button at the end does, and nobody sees, hears or reaches it.
#[component]
pub(crate) fn DefaultButton() -> impl IntoView {
    view! { <button class="vh" tabindex="-1" aria-hidden="true">"Send"</button> }
}
