//! Following a field: while its preview is open, it shows what is typed, a moment after the last letter.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, HtmlElement, HtmlTextAreaElement};

use super::api::preview;
use crate::wire;

/// So long after the last letter the preview follows.
const PAUSE: Duration = Duration::from_millis(500);

/// A field that is followed, for as long as its page lives.
struct Followed {
    field: HtmlTextAreaElement,
    button: HtmlElement,
    place: HtmlElement,
    status: RwSignal<String>,
    /// Counts what was typed: what is rendered later than it was typed is not shown.
    typed: Cell<u32>,
}

/// Follows the field of that id, by its button.
pub(super) fn follow(field: &str, status: RwSignal<String>) {
    let document = document();
    let find = |id: String| document.get_element_by_id(&id)?.dyn_into::<HtmlElement>().ok();
    let text = find(field.to_owned()).and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok());
    let (Some(text), Some(button), Some(place)) =
        (text, find(format!("{field}-show")), find(format!("{field}-preview")))
    else {
        return;
    };
    let followed =
        Rc::new(Followed { field: text.clone(), button: button.clone(), place, status, typed: Cell::new(0) });
    followed.tell();
    listen(&button, "click", {
        let followed = Rc::clone(&followed);
        move |event| {
            event.prevent_default();
            followed.toggle();
        }
    });
    listen(&text, "input", move |_| followed.note_typing());
}

/// Calls `what` at each event, for as long as the page lives: there is nobody to give the closure back to.
fn listen(element: &HtmlElement, event: &str, what: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(what);
    if element.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).is_ok() {
        closure.forget();
    }
}

impl Followed {
    fn toggle(self: &Rc<Self>) {
        let is_open = self.place.hidden();
        self.place.set_hidden(!is_open);
        self.tell();
        if is_open {
            self.render();
        } else {
            self.status.set(String::new());
        }
    }

    /// Tells whoever hears the button whether the preview is open.
    fn tell(&self) {
        let expanded = if self.place.hidden() { "false" } else { "true" };
        let _ = self.button.set_attribute("aria-expanded", expanded);
        let _ = self.button.set_attribute("aria-controls", &self.place.id());
    }

    fn note_typing(self: &Rc<Self>) {
        let typed = self.typed.get().wrapping_add(1);
        self.typed.set(typed);
        let this = Rc::clone(self);
        set_timeout(
            move || {
                if this.typed.get() == typed && !this.place.hidden() {
                    this.render();
                }
            },
            PAUSE,
        );
    }

    fn render(self: &Rc<Self>) {
        let this = Rc::clone(self);
        spawn_local(async move {
            let typed = this.typed.get();
            let answer = preview(this.field.value()).await;
            if this.typed.get() != typed {
                return;
            }
            let status = match answer {
                // The server alone makes it, from an allow-list.
                Ok(html) => {
                    this.place.set_inner_html(&html);
                    "The preview shows what is typed"
                }
                Err(wire::Error::SignIn) => "There is no preview: you are signed out. What you typed stands here",
                Err(_) => "There is no preview now. What you typed stands here",
            };
            this.status.set(status.to_owned());
        });
    }
}
