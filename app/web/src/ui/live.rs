//! Hearing from the server that something changed, while the tab is looked at.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, VisibilityState};

/// Calls `refresh` whenever something changed, and when the tab is looked at again. A hidden tab holds no connection.
pub(crate) fn on_change(refresh: impl Fn() + 'static) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let refresh = Rc::new(refresh);
    let source: Rc<RefCell<Option<EventSource>>> = Rc::default();
    let follow = {
        let document = document.clone();
        move |is_first: bool| {
            if let Some(open) = source.borrow_mut().take() {
                open.close();
            }
            if document.visibility_state() != VisibilityState::Visible {
                return;
            }
            if !is_first {
                refresh();
            }
            let Ok(opened) = EventSource::new("/events") else { return };
            let refresh = Rc::clone(&refresh);
            let on_message = Closure::<dyn Fn()>::new(move || refresh());
            opened.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            // The page lives as long as the island: there is nobody to give the closures back to.
            on_message.forget();
            *source.borrow_mut() = Some(opened);
        }
    };
    follow(true);
    let on_visibility = Closure::<dyn Fn()>::new(move || follow(false));
    let listening =
        document.add_event_listener_with_callback("visibilitychange", on_visibility.as_ref().unchecked_ref());
    if listening.is_ok() {
        on_visibility.forget();
    }
}
