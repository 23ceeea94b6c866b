//! Following a form: what is typed is kept a moment after the last letter, one request at a time, and what the rules find is
//! shown beside the fields. Without it the form works by its buttons.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    BroadcastChannel, Event, FormData, Headers, HtmlElement, HtmlFormElement, HtmlInputElement, MessageEvent,
    RequestInit, Response, SubmitEvent, UrlSearchParams,
};

use crate::{ui::FindingNote, wire};

/// So long after the last letter what is typed is kept.
const PAUSE: Duration = Duration::from_millis(800);

/// What the island shows.
#[derive(Clone, Copy)]
pub(super) struct Signals {
    pub notes: RwSignal<Vec<wire::Note>>,
    pub status: RwSignal<String>,
    pub is_elsewhere: RwSignal<bool>,
    pub is_begun: RwSignal<bool>,
}

/// A form that is followed, for as long as its page lives.
struct Followed {
    form: HtmlFormElement,
    action: String,
    signals: Signals,
    /// Counts what was typed: what is kept later than it was typed is kept again.
    typed: Cell<u32>,
    is_busy: Cell<bool>,
    /// The button that was pressed while something was being kept.
    pressed: RefCell<Option<HtmlElement>>,
    /// What is shown beside the fields.
    shown: RefCell<Vec<Box<dyn std::any::Any>>>,
}

/// Follows the form of that id.
pub(super) fn follow(form: &str, action: &str, signals: Signals) {
    let document = document();
    let Some(form) = document.get_element_by_id(form).and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let followed = Rc::new(Followed {
        form: form.clone(),
        action: action.to_owned(),
        signals,
        typed: Cell::new(0),
        is_busy: Cell::new(false),
        pressed: RefCell::new(None),
        shown: RefCell::default(),
    });
    listen(&form, "input", {
        let followed = Rc::clone(&followed);
        move |_| followed.note_typing()
    });
    listen(&form, "submit", move |event| followed.hold_back(&event));
    watch_other_tabs(signals.is_elsewhere);
}

/// Calls `what` at each event, for as long as the page lives: there is nobody to give the closure back to.
fn listen(form: &HtmlFormElement, event: &str, what: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(what);
    if form.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).is_ok() {
        closure.forget();
    }
}

impl Followed {
    fn note_typing(self: &Rc<Self>) {
        let typed = self.typed.get().wrapping_add(1);
        self.typed.set(typed);
        let this = Rc::clone(self);
        set_timeout(
            move || {
                if this.typed.get() == typed {
                    this.keep();
                }
            },
            PAUSE,
        );
    }

    /// What is sent by a button waits for what is being kept: it would name a state that is over.
    fn hold_back(&self, event: &Event) {
        // What was typed last is in the form that is sent.
        self.typed.set(self.typed.get().wrapping_add(1));
        if self.is_busy.get() {
            event.prevent_default();
            *self.pressed.borrow_mut() = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        }
    }

    fn keep(self: &Rc<Self>) {
        if self.is_busy.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            let typed = this.typed.get();
            this.signals.status.set("Saving".to_owned());
            match send(&this.form, &this.action).await {
                Ok(kept) => this.show(kept),
                Err(Some(wire::Error::SignIn)) => this.signals.status.set(
                    "Not saved: you are signed out. Save with the button: what you typed goes with you through signing in"
                        .to_owned(),
                ),
                Err(Some(_)) => this.signals.status.set("Not saved: the fault is ours. Save with the button".to_owned()),
                Err(None) => this.signals.status.set(
                    "Not saved: there is no connection. What you typed stands here, and is saved with the next letter after it is back"
                        .to_owned(),
                ),
            }
            this.is_busy.set(false);
            if let Some(button) = this.pressed.borrow_mut().take() {
                let _ = this.form.request_submit_with_submitter(Some(&button));
            } else if this.typed.get() != typed {
                this.note_typing();
            }
        });
    }

    fn show(&self, kept: wire::Kept) {
        self.signals.status.set(kept.status);
        if let Some(mark) = kept.mark {
            // In every form of the page: what is taken out is named as it is now, too.
            let named = "input[type=hidden][name=seen], input[type=hidden][name=revision]";
            if let Ok(inputs) = document().query_selector_all(named) {
                let inputs = (0..inputs.length()).filter_map(|n| inputs.get(n)?.dyn_into::<HtmlInputElement>().ok());
                inputs.for_each(|input| input.set_value(&mark));
            }
        }
        if let Some(notes) = kept.notes {
            self.show_notes(&notes);
            self.signals.notes.set(notes);
            self.signals.is_begun.set(true);
        }
    }

    /// Puts what is found beside its fields. What is missing is said where it was said before: nobody who fills a form in from
    /// the top wants to be told of everything below.
    fn show_notes(&self, notes: &[wire::Note]) {
        self.shown.borrow_mut().clear();
        let Ok(places) = self.form.query_selector_all("[data-notes]") else { return };
        for place in (0..places.length()).filter_map(|n| places.get(n)?.dyn_into::<HtmlElement>().ok()) {
            let field = place.get_attribute("data-notes").unwrap_or_default();
            let was_told = place.child_element_count() > 0;
            place.set_inner_html("");
            for note in notes.iter().filter(|note| note.field == field && (was_told || note.verdict != "Missing")) {
                let note = note.clone();
                let handle = leptos::mount::mount_to(place.clone(), move || view! { <FindingNote note /> });
                self.shown.borrow_mut().push(Box::new(handle));
            }
        }
    }
}

/// Sends what stands in the form; nothing comes back where there is no connection.
async fn send(form: &HtmlFormElement, action: &str) -> Result<wire::Kept, Option<wire::Error>> {
    let fields = FormData::new_with_form(form).map_err(|_| None)?;
    let body = UrlSearchParams::new_with_str_sequence_sequence(&fields).map_err(|_| None)?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from(body));
    let headers = Headers::new().map_err(|_| None)?;
    headers.set("accept", "application/json").map_err(|_| None)?;
    request.set_headers(&headers);
    let sent = window().fetch_with_str_and_init(action, &request);
    let response: Response = JsFuture::from(sent).await.map_err(|_| None)?.dyn_into().map_err(|_| None)?;
    if response.status() == 401 {
        return Err(Some(wire::Error::SignIn));
    }
    let text = JsFuture::from(response.text().map_err(|_| None)?).await.map_err(|_| None)?;
    let text = text.as_string().unwrap_or_default();
    if response.ok() {
        serde_json::from_str(&text).map_err(|_| Some(wire::Error::Failed))
    } else {
        Err(Some(serde_json::from_str(&text).unwrap_or(wire::Error::Failed)))
    }
}

/// Says so when the same page is open in another tab.
fn watch_other_tabs(is_elsewhere: RwSignal<bool>) {
    let Ok(channel) = BroadcastChannel::new("kwanus-draft") else { return };
    let Ok(page) = window().location().pathname() else { return };
    let (hello, here) = (format!("hello {page}"), format!("here {page}"));
    let asked = hello.clone();
    let answering = channel.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let said = event.data().as_string().unwrap_or_default();
        if said == asked {
            let _ = answering.post_message(&JsValue::from_str(&here));
        }
        if said == asked || said == here {
            is_elsewhere.set(true);
        }
    });
    channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    let _ = channel.post_message(&JsValue::from_str(&hello));
}
