//! The button that shows what a text will look like.

use leptos::prelude::*;

/// Asks what a text will look like. As the server renders it, it sends the form, which then comes back with the preview and
/// nothing done; alive, it shows and hides the preview in place.
#[island]
pub fn PreviewButton(
    /// The id of the field. The preview stands in the element whose id is that and `-preview`.
    field: String,
    /// What the field is called.
    label: String,
) -> impl IntoView {
    let status = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    super::live::follow(&field, status);
    let id = format!("{field}-show");
    view! {
        <button class="btn small" id=id name="preview" value=field>"Preview" <span class="vh">": " {label}</span></button>
        <span class="small quiet" aria-live="polite">{move || status.get()}</span>
    }
}
