//! Fields of forms, each with its label, its hint, and what is wrong with it.

use kwanus_domain::Violation;
use leptos::prelude::*;

use super::{answer::here, memory::Memory, preview::Preview, raw::escape_text};

/// A line of text.
#[component]
pub(crate) fn TextField(
    name: &'static str,
    label: &'static str,
    /// What stands in it at first.
    #[prop(into)]
    value: String,
    memory: Memory,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "")] hint: &'static str,
    /// Where it is `off`, a browser does not put back what was typed when somebody comes back from a page that failed.
    #[prop(default = "on")]
    autocomplete: &'static str,
    /// The id of a list of suggestions.
    #[prop(optional)]
    list: Option<&'static str>,
    /// The name under which it is sent, where that is another.
    #[prop(optional, into)]
    sent_as: Option<String>,
) -> impl IntoView {
    let value = memory.typed(name, &value);
    let sent_as = sent_as.unwrap_or_else(|| name.to_owned());
    field(name, label, hint, memory.violation(name), move |described, invalid| {
        view! {
            <input
                type=kind
                id=name
                name=sent_as
                value=value
                autocomplete=autocomplete
                spellcheck="false"
                list=list
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any()
    })
}

/// Several lines of text.
#[component]
pub(crate) fn TextArea(
    name: &'static str,
    label: &'static str,
    /// What stands in it at first.
    #[prop(into)]
    value: String,
    memory: Memory,
    #[prop(default = "")] hint: &'static str,
    /// The name under which it is sent, where that is another.
    #[prop(optional, into)]
    sent_as: Option<String>,
    /// Whether it is written in Markdown. Its server function then takes the field `preview`, and its form begins with a
    /// [`DefaultButton`](super::DefaultButton).
    #[prop(optional)]
    is_markdown: bool,
) -> impl IntoView {
    let value = memory.typed(name, &value);
    let sent_as = sent_as.unwrap_or_else(|| name.to_owned());
    let violation = memory.violation(name);
    let preview = is_markdown.then(|| view! { <Preview id=name label text=value.clone() memory /> });
    // leptos writes what stands in a textarea as it is, so it is escaped here. A browser drops the first line break.
    let value = format!("\n{}", escape_text(&value));
    field(name, label, hint, violation, move |described, invalid| {
        view! {
            <textarea id=name name=sent_as rows="4" aria-describedby=described aria-invalid=invalid>
                {value}
            </textarea>
            {preview}
        }
        .into_any()
    })
}

/// One of a list, given as words and what they mean.
#[component]
pub(crate) fn SelectField(
    name: &'static str,
    label: &'static str,
    #[prop(into)] value: String,
    options: Vec<(String, String)>,
    memory: Memory,
    #[prop(default = "")] hint: &'static str,
) -> impl IntoView {
    let chosen = memory.typed(name, &value);
    field(name, label, hint, memory.violation(name), move |described, invalid| {
        let options = options.into_iter().map(|(value, text)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{text}</option> }
        });
        view! {
            <select id=name name=name aria-describedby=described aria-invalid=invalid>
                {options.collect_view()}
            </select>
        }
        .into_any()
    })
}

/// A password: never refilled.
#[component]
pub(crate) fn PasswordField(
    name: &'static str,
    label: &'static str,
    memory: Memory,
    #[prop(default = "")] hint: &'static str,
    autocomplete: &'static str,
) -> impl IntoView {
    field(name, label, hint, memory.violation(name), move |described, invalid| {
        view! {
            <input type="password" id=name name=name autocomplete=autocomplete aria-describedby=described aria-invalid=invalid />
        }
        .into_any()
    })
}

/// A file to choose: never refilled. Its form is sent as `multipart/form-data`.
#[component]
pub(crate) fn FileField(
    name: &'static str,
    label: &'static str,
    memory: Memory,
    /// The endings and media types that can be chosen.
    accept: &'static str,
    #[prop(default = "")] hint: &'static str,
) -> impl IntoView {
    field(name, label, hint, memory.violation(name), move |described, invalid| {
        view! { <input type="file" id=name name=name accept=accept aria-describedby=described aria-invalid=invalid /> }
            .into_any()
    })
}

/// Whom the form is shown to. Every form that only somebody signed in can send carries it, so that nothing is done in the
/// name of whoever signs in later in another tab.
#[component]
pub(crate) fn OwnerField() -> impl IntoView {
    let (_, visit) = here();
    visit.person().map(|person| view! { <HiddenField name="owner" value=person.id().to_string() /> })
}

/// A value that the form carries along.
#[component]
pub(crate) fn HiddenField(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}

fn field(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    violation: Option<Violation>,
    input: impl FnOnce(Option<String>, Option<&'static str>) -> AnyView,
) -> impl IntoView {
    let class = if violation.is_some() { "field error" } else { "field" };
    let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-error"));
    let described: Vec<_> = [(!hint.is_empty(), &hint_id), (violation.is_some(), &error_id)]
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, id)| id.clone())
        .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = violation.is_some().then_some("true");
    view! {
        <div class=class>
            <label for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <span class="hint" id=hint_id>{hint}</span> })}
            {violation
                .map(|violation| {
                    view! {
                        <span class="error-text" id=error_id>
                            <span class="vh">"Error: "</span>
                            {violation.message.into_owned()}
                        </span>
                    }
                })}
            {input(described, invalid)}
        </div>
    }
}
