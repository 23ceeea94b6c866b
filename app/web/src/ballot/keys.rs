//! Keys that act by themselves on the docket. Everything is looked for anew at each key, so that they go on working when rows
//! come and go, and all that a key does is to follow a link or press a box that stands on the page.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, Element, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::follow::elements;

/// A row of the docket.
const ROW: &str = "tr[data-row]";
/// What of a row takes the focus.
const TITLE: &str = "a.title";

/// Listens for keys, for as long as the page lives.
pub(super) fn listen() {
    let on_key = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
        if is_for_us(&event) && press(&event.key()) {
            event.prevent_default();
        }
    });
    // There is nobody to give the closure back to.
    if document().add_event_listener_with_callback("keydown", on_key.as_ref().unchecked_ref()).is_ok() {
        on_key.forget();
    }
}

/// Whether the key is meant for the docket, and not for what has the focus.
fn is_for_us(event: &KeyboardEvent) -> bool {
    let document = document();
    let is_chord = event.ctrl_key() || event.alt_key() || event.meta_key();
    let has_dialog = document.query_selector("dialog[open]").ok().flatten().is_some();
    if event.default_prevented() || event.is_composing() || is_chord || has_dialog {
        return false;
    }
    let Some(focused) = document.active_element() else { return true };
    let is = |selector: &str| focused.matches(selector).unwrap_or_default();
    match event.key().as_str() {
        _ if is_typed_into(&focused) => false,
        // What has the focus does something of its own with these.
        " " => !is("a, button, input, summary") || is(TITLE),
        "Enter" => !is("a, button, input, summary"),
        _ => true,
    }
}

fn is_typed_into(element: &Element) -> bool {
    if element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable) {
        return true;
    }
    match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(input.type_().as_str(), "checkbox" | "radio"),
        None => element.matches("textarea, select").unwrap_or_default(),
    }
}

/// Does what a key does; answers whether there was anything to do.
pub(super) fn press(key: &str) -> bool {
    let document = document();
    match key {
        "j" => step(&document, true),
        "k" => step(&document, false),
        " " => follow(&document, "a[data-look]"),
        "Enter" => follow(&document, TITLE),
        "x" => follow(&document, "td.pick input"),
        "p" => follow(&document, "a[data-position]"),
        "/" => focus(document.get_element_by_id("q")),
        "?" => show(&document),
        _ => false,
    }
}

/// The row that has the focus, or that is open.
fn current(document: &Document) -> Option<Element> {
    let focused = document.active_element();
    let own = focused.as_ref().and_then(|focused| focused.closest(ROW).ok().flatten());
    let inside = focused.as_ref().and_then(|focused| focused.closest("tr.peek").ok().flatten());
    let above = inside.and_then(|inside| inside.previous_element_sibling());
    own.or(above).or_else(|| document.query_selector("tr.at").ok().flatten())
}

/// Goes to the next row or the one before; from none, to the first or the last.
fn step(document: &Document, is_forward: bool) -> bool {
    let rows = elements(document.query_selector_all(ROW));
    let at = current(document).and_then(|current| rows.iter().position(|row| *row == current));
    let to = match (at, is_forward) {
        (None, true) => 0,
        (None, false) => rows.len().saturating_sub(1),
        (Some(at), true) => (at + 1).min(rows.len().saturating_sub(1)),
        (Some(at), false) => at.saturating_sub(1),
    };
    let Some(row) = rows.get(to) else { return false };
    for other in &rows {
        let _ = other.class_list().remove_1("at");
    }
    let _ = row.class_list().add_1("at");
    focus(row.query_selector(TITLE).ok().flatten())
}

/// Presses what that stands for in the row; in the first one where none has the focus.
fn follow(document: &Document, selector: &str) -> bool {
    let row = current(document).or_else(|| document.query_selector(ROW).ok().flatten());
    let found = row.and_then(|row| row.query_selector(selector).ok().flatten());
    match found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        Some(found) => {
            found.click();
            true
        }
        None => false,
    }
}

fn focus(element: Option<Element>) -> bool {
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

fn show(document: &Document) -> bool {
    let dialog = document.get_element_by_id("shortcuts").and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok());
    dialog.is_some_and(|dialog| dialog.show_modal().is_ok())
}
