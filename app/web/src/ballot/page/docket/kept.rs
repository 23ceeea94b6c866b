//! What a member keeps of their docket: filters under a name, and whether keys alone do something.

use leptos::prelude::*;

use crate::ui::{HiddenField, Memory, OwnerField, TextField};

/// The filters that the reader keeps, and the form that keeps another.
#[component]
pub(super) fn Kept(
    saved: Vec<(String, String)>,
    /// What is looked for now, as it stands in the address.
    query: String,
    /// Whether anything is.
    is_any: bool,
    memory: Memory,
) -> impl IntoView {
    let is_wrong = memory.is_error();
    let count = saved.len();
    let none = saved
        .is_empty()
        .then(|| view! { <p class="quiet mt-1">"None yet. Apply a filter, and save it here under a name."</p> });
    let rows = saved.into_iter().map(|(name, kept)| {
        let is_current = kept == query;
        let about = format!(" the filter {name}");
        view! {
            <li>
                <a href=format!("/docket?{kept}") aria-current=is_current.then_some("true")>{name.clone()}</a>
                <form method="post" action="/do/delete_filter">
                    <OwnerField />
                    <HiddenField name="name" value=name />
                    <HiddenField name="filter" value=query.clone() />
                    <button class="link-btn small">"Delete" <span class="vh">{about}</span></button>
                </form>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    let rows = (!rows.is_empty()).then(|| view! { <ul class="kept plain-list mt-1">{rows}</ul> });
    let save = (is_any || is_wrong).then(|| {
        view! {
            <form class="bar mt-2" method="post" action="/do/save_filter" novalidate>
                <OwnerField />
                <HiddenField name="filter" value=query.clone() />
                <TextField name="name" label="Save these filters as" value="" memory autocomplete="off" />
                <button class="btn">"Save filter"</button>
            </form>
        }
    });
    view! {
        <details class="more" open=is_wrong>
            <summary>{format!("Saved filters ({count})")}</summary>
            {none}
            {rows}
            {save}
        </details>
    }
}

/// Switches keys that do something by themselves off and on again, for whoever speaks to their computer or shares a keyboard
/// with something else.
#[component]
pub(super) fn ShortcutSwitch(is_on: bool, query: String) -> impl IntoView {
    let (word, words) =
        if is_on { ("off", "Switch keyboard shortcuts off") } else { ("on", "Switch keyboard shortcuts on") };
    view! {
        <form class="mt-2" method="post" action="/do/set_shortcuts">
            <OwnerField />
            <HiddenField name="shortcuts" value=word />
            <HiddenField name="filter" value=query />
            <button class="btn small">{words}</button>
        </form>
    }
}
