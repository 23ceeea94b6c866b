//! The fields of the forms of a condition: a page holds some for each.

use leptos::prelude::*;

use crate::ui::{Memory, Preview, escape_text};

/// A field of the form of the condition of that number.
#[component]
pub(super) fn ConditionField(
    number: i64,
    /// The name under which it is sent.
    name: &'static str,
    label: String,
    hint: &'static str,
    memory: Memory,
    /// Whether it is one line.
    #[prop(optional)]
    is_line: bool,
) -> impl IntoView {
    let id = format!("condition-{name}-{number}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let violation = memory.violation(&id);
    let described = if violation.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
    let (class, invalid) = if violation.is_some() { ("field error", Some("true")) } else { ("field", None) };
    let typed = memory.typed(name, "");
    let label_for = id.clone();
    let error = violation.map(|violation| {
        view! {
            <span class="error-text" id=error_id>
                <span class="vh">"Error: "</span>
                {violation.message.into_owned()}
            </span>
        }
    });
    let control = if is_line {
        view! {
            <input
                type="text"
                inputmode="url"
                id=id
                name=name
                value=typed
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any()
    } else {
        let preview = view! { <Preview id=id.clone() label=label.clone() text=typed.clone() memory /> };
        // leptos writes what stands in a textarea as it is, and a browser drops the first line break.
        let text = format!("\n{}", escape_text(&typed));
        view! {
            <textarea id=id name=name rows="3" aria-describedby=described aria-invalid=invalid>
                {text}
            </textarea>
            {preview}
        }
        .into_any()
    };
    view! {
        <div class=class>
            <label for=label_for>{label}</label>
            <span class="hint" id=hint_id>{hint}</span>
            {error}
            {control}
        </div>
    }
}
