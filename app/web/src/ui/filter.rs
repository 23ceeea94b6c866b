//! Filters above a list: a GET form, so that the address holds what is looked for.

use leptos::prelude::*;

use super::answer::escape;

/// One filter: a field of the form.
pub(crate) struct Filter {
    name: &'static str,
    label: &'static str,
    value: String,
    input: Input,
}

enum Input {
    Search(&'static str),
    Text(&'static str),
    Date,
    Choice(&'static str, Vec<(String, String)>),
}

impl Filter {
    /// What to find, the widest field; `example` stands in it while it is empty.
    pub(crate) fn search(name: &'static str, label: &'static str, value: &str, example: &'static str) -> Self {
        Self { name, label, value: value.to_owned(), input: Input::Search(example) }
    }

    /// A line of text; `example` stands in it while it is empty.
    pub(crate) fn text(name: &'static str, label: &'static str, value: &str, example: &'static str) -> Self {
        Self { name, label, value: value.to_owned(), input: Input::Text(example) }
    }

    /// A day.
    pub(crate) fn date(name: &'static str, label: &'static str, value: &str) -> Self {
        Self { name, label, value: value.to_owned(), input: Input::Date }
    }

    /// One of a list of words and what they mean, or `every`.
    pub(crate) fn choice(
        name: &'static str,
        label: &'static str,
        value: &str,
        every: &'static str,
        options: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        Self { name, label, value: value.to_owned(), input: Input::Choice(every, options.into_iter().collect()) }
    }
}

/// Those of the filters that say something, by name and value: what the addresses of other pages carry along.
pub(crate) fn said<const N: usize>(filters: [(&'static str, &String); N]) -> Vec<(&'static str, String)> {
    let said = filters.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(name, text)| (name, text.clone())).collect()
}

/// The address of a list with what its filters say.
pub(crate) fn address(path: &str, said: &[(&'static str, String)]) -> String {
    let said: Vec<_> = said.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
}

/// The form.
#[component]
pub(crate) fn FilterForm(
    /// The address of the list.
    #[prop(into)]
    action: String,
    /// What the form is for.
    label: &'static str,
    filters: Vec<Filter>,
    /// The names of those that say something nobody knows, and are left out.
    unknown: Vec<&'static str>,
) -> impl IntoView {
    let ignored = (!unknown.is_empty()).then(|| {
        let what = format!("What the address says of {} is not known, and is left out.", unknown.join(", "));
        view! { <p class="applied">{what}</p> }
    });
    let fields = filters.into_iter().map(field).collect_view();
    view! {
        <form class="filters" method="get" action=action role="search" aria-label=label>
            <div class="bar">
                {fields}
                <button class="btn">"Apply"</button>
                {ignored}
            </div>
        </form>
    }
}

fn field(filter: Filter) -> impl IntoView {
    let Filter { name, label, value, input } = filter;
    let class = matches!(input, Input::Search(_)).then_some("grow");
    let input = match input {
        Input::Search(example) => {
            view! { <input type="search" id=name name=name value=value placeholder=example /> }.into_any()
        }
        Input::Text(example) => view! {
            <input type="text" id=name name=name value=value placeholder=(!example.is_empty()).then_some(example) spellcheck="false" autocomplete="off" />
        }
        .into_any(),
        Input::Date => view! { <input type="date" id=name name=name value=value /> }.into_any(),
        Input::Choice(every, options) => {
            let options = options.into_iter().map(|(word, text)| {
                let is_chosen = word == value;
                view! { <option value=word selected=is_chosen>{text}</option> }
            });
            view! {
                <select id=name name=name>
                    <option value="">{every}</option>
                    {options.collect_view()}
                </select>
            }
            .into_any()
        }
    };
    view! {
        <div class=class>
            <label for=name>{label}</label>
            {input}
        </div>
    }
}
