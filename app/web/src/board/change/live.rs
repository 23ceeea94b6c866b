//! Following the form of a rule: what it means is worked out here, with every letter. Nothing is sent.

use kwanus_domain::board::RuleInput;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, FormData, HtmlElement, HtmlFormElement};

/// Follows the form of that id. The button that asks the server for the same is not needed then.
pub(super) fn follow(form: &str, typed: RwSignal<RuleInput>) {
    let document = document();
    let Some(form) = document.get_element_by_id(form).and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    if let Some(button) = document.get_element_by_id("rule-show").and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        button.set_hidden(true);
    }
    let read = {
        let form = form.clone();
        move || {
            if let Ok(data) = FormData::new_with_form(&form) {
                typed.set(read(&data));
            }
        }
    };
    // A browser may have put back what was typed before.
    read();
    let closure = Closure::<dyn Fn(Event)>::new(move |_| read());
    if form.add_event_listener_with_callback("input", closure.as_ref().unchecked_ref()).is_ok() {
        // The page lives as long as the island: there is nobody to give the closure back to.
        closure.forget();
    }
}

fn read(data: &FormData) -> RuleInput {
    let field = |name: &str| data.get(name).as_string().unwrap_or_default();
    RuleInput {
        part: field("part"),
        threshold: field("threshold"),
        number: field("number"),
        objection_blocks: field("objection_blocks"),
        suspends_overdue: field("suspends_overdue"),
        days: field("days"),
        minimum_days: field("minimum_days"),
    }
}
