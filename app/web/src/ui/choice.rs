//! Choices, each group under its legend, with its hint and what is wrong with it.

use leptos::prelude::*;

use super::memory::Memory;

/// One choice: its value, its words and what it means.
pub(crate) struct Choice {
    /// What is sent.
    pub value: &'static str,
    /// What stands beside it.
    pub label: String,
    /// What it means.
    pub hint: &'static str,
}

/// One of a few.
#[component]
pub(crate) fn RadioField(
    name: &'static str,
    legend: &'static str,
    #[prop(into)] value: String,
    choices: Vec<Choice>,
    memory: Memory,
    #[prop(default = "")] hint: &'static str,
    /// The name under which it is sent, where that is another.
    #[prop(optional, into)]
    sent_as: Option<String>,
) -> impl IntoView {
    let chosen = memory.typed(name, &value);
    let sent_as = sent_as.unwrap_or_else(|| name.to_owned());
    let choices = choices.into_iter().enumerate().map(move |(n, choice)| {
        let is_chosen = choice.value == chosen;
        // The error summary leads to the first.
        let id = if n == 0 { name.to_owned() } else { format!("{name}-{}", choice.value) };
        row(
            view! { <input type="radio" id=id name=sent_as.clone() value=choice.value checked=is_chosen /> }.into_any(),
            choice.label.into_any(),
            choice.hint,
        )
    });
    group(name, legend, hint, &memory, choices.collect_view().into_any())
}

/// Any of a few, each a field of its own that is sent as `on`. The group is named for its error.
#[component]
pub(crate) fn CheckboxField(
    name: &'static str,
    legend: &'static str,
    /// The fields that are ticked at first.
    ticked: Vec<&'static str>,
    choices: Vec<Choice>,
    memory: Memory,
    #[prop(default = "")] hint: &'static str,
) -> impl IntoView {
    let inputs = {
        let memory = memory.clone();
        choices.into_iter().enumerate().map(move |(n, choice)| {
            let at_first = if ticked.contains(&choice.value) { "on" } else { "" };
            let is_ticked = memory.typed(choice.value, at_first) == "on";
            let id = if n == 0 { name.to_owned() } else { format!("{name}-{}", choice.value) };
            row(
                view! { <input type="checkbox" id=id name=choice.value value="on" checked=is_ticked /> }.into_any(),
                choice.label.into_any(),
                choice.hint,
            )
        })
    };
    group(name, legend, hint, &memory, inputs.collect_view().into_any())
}

/// Any of a few, which are sent together, each with its place: `fields[2]`. What is chosen stands one a line.
#[component]
pub(crate) fn TickField(
    name: &'static str,
    legend: &'static str,
    #[prop(into)] chosen: String,
    /// The values, with what stands beside each and what it means.
    options: Vec<(String, String, &'static str)>,
    memory: Memory,
    #[prop(default = "")] hint: &'static str,
    /// The name under which they are sent, where that is another.
    #[prop(optional, into)]
    sent_as: Option<String>,
    /// Whether what stands beside each is a key or a field's name.
    #[prop(optional)]
    is_code: bool,
) -> impl IntoView {
    let chosen = memory.typed(name, &chosen);
    let sent_as = sent_as.unwrap_or_else(|| name.to_owned());
    let inputs = options.into_iter().enumerate().map(|(n, (value, label, hint))| {
        let is_chosen = chosen.lines().any(|other| other == value);
        let id = if n == 0 { name.to_owned() } else { format!("{name}-{n}") };
        let sent_as = format!("{sent_as}[{n}]");
        let label = if is_code { view! { <code>{label}</code> }.into_any() } else { label.into_any() };
        row(
            view! { <input type="checkbox" id=id name=sent_as value=value checked=is_chosen /> }.into_any(),
            label,
            hint,
        )
    });
    let inputs = inputs.collect_view().into_any();
    group(name, legend, hint, &memory, inputs)
}

/// A statement to be confirmed, which is sent as `yes`.
#[component]
pub(crate) fn ConfirmField(
    name: &'static str,
    label: &'static str,
    #[prop(into)] value: String,
    memory: Memory,
    #[prop(default = "")] hint: &'static str,
    /// The name under which it is sent.
    #[prop(into)]
    sent_as: String,
) -> impl IntoView {
    let is_ticked = memory.typed(name, &value) == "yes";
    let violation = memory.violation(name);
    let class = if violation.is_some() { "field error" } else { "field" };
    let input = view! { <input type="checkbox" id=name name=sent_as value="yes" checked=is_ticked /> };
    view! {
        <div class=class>
            {violation
                .map(|violation| {
                    view! {
                        <span class="error-text">
                            <span class="vh">"Error: "</span>
                            {violation.message.into_owned()}
                        </span>
                    }
                })}
            <div class="choices">{row(input.into_any(), label.into_any(), hint)}</div>
        </div>
    }
}

fn row(input: AnyView, label: AnyView, hint: &'static str) -> impl IntoView {
    view! {
        <label class="choice">
            {input}
            <span>{label} {(!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> })}</span>
        </label>
    }
}

fn group(
    name: &'static str,
    legend: &'static str,
    hint: &'static str,
    memory: &Memory,
    choices: AnyView,
) -> impl IntoView + use<> {
    let violation = memory.violation(name);
    let class = if violation.is_some() { "field error" } else { "field" };
    let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-error"));
    let described = [(!hint.is_empty()).then(|| hint_id.clone()), violation.is_some().then(|| error_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <fieldset class=class aria-describedby=(!described.is_empty()).then_some(described)>
            <legend>{legend}</legend>
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
            <div class="choices">{choices}</div>
        </fieldset>
    }
}
