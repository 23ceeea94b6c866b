//! Following a form: what is typed is kept a moment after the last letter, one request at a time, and what the rules find is
//! shown beside the fields. What is typed as the page is left is kept as it goes; what could not be sent is sent again. Without
//! it the form works by its buttons.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    BroadcastChannel, Event, EventTarget, FormData, Headers, HtmlElement, HtmlFormElement, HtmlInputElement,
    MessageEvent, RequestInit, Response, SubmitEvent, UrlSearchParams, VisibilityState,
    js_sys::{Promise, Reflect},
};

use crate::{ui::FindingNote, wire};

/// So long after the last letter what is typed is kept.
const PAUSE: Duration = Duration::from_millis(800);
/// So long after it could not be sent it is sent again,
const AGAIN: Duration = Duration::from_secs(5);
/// and so often; then with the next letter, or when the browser says that it is connected.
const MOST_TRIES: u8 = 6;

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
    /// Whether something was typed that is not sent yet, or could not be.
    is_unsent: Cell<bool>,
    /// How often it was tried in vain.
    tries: Cell<u8>,
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
        is_unsent: Cell::new(false),
        tries: Cell::new(0),
        pressed: RefCell::new(None),
        shown: RefCell::default(),
    });
    listen(&form, "input", {
        let followed = Rc::clone(&followed);
        move |_| followed.note_typing()
    });
    listen(&form, "submit", {
        let followed = Rc::clone(&followed);
        move |event| followed.hold_back(&event)
    });
    listen(&document, "visibilitychange", {
        let (followed, document) = (Rc::clone(&followed), document.clone());
        move |_| {
            // A page that is only hidden goes on: what is on its way is waited for.
            if document.visibility_state() == VisibilityState::Hidden && !followed.is_busy.get() {
                followed.leave();
            }
        }
    });
    listen(&window(), "pagehide", {
        let followed = Rc::clone(&followed);
        move |_| {
            // What is new is declared by what is on its way: sent beside it, it would be declared twice.
            if !(followed.is_busy.get() && followed.is_new()) {
                followed.leave();
            }
        }
    });
    // What is taken out by a button of its own is not kept as the page is left.
    listen(&document, "submit", {
        let followed = Rc::clone(&followed);
        move |event| followed.let_go_for(&event)
    });
    listen(&window(), "online", move |_| followed.resume());
    watch_other_tabs(signals.is_elsewhere);
}

/// Calls `what` at each event, for as long as the page lives: there is nobody to give the closure back to.
fn listen(target: &EventTarget, event: &str, what: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(what);
    if target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).is_ok() {
        closure.forget();
    }
}

impl Followed {
    fn note_typing(self: &Rc<Self>) {
        let typed = self.typed.get().wrapping_add(1);
        self.typed.set(typed);
        self.is_unsent.set(true);
        self.tries.set(0);
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
        } else {
            // Kept as the page is left, it would change what the form was made from.
            self.is_unsent.set(false);
        }
    }

    /// Whether the form declares what is not there yet.
    fn is_new(&self) -> bool {
        let seen = self.form.query_selector("input[type=hidden][name=seen]").ok().flatten();
        seen.and_then(|seen| seen.dyn_into::<HtmlInputElement>().ok()).is_some_and(|seen| seen.value().is_empty())
    }

    /// Keeps nothing more where what is typed about is taken out. Whatever else is sent, the page is only left.
    fn let_go_for(&self, event: &Event) {
        let sent = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let action = sent.and_then(|sent| sent.get_attribute("action")).unwrap_or_default();
        if action.starts_with("/do/remove_") {
            self.typed.set(self.typed.get().wrapping_add(1));
            self.is_unsent.set(false);
        }
    }

    /// Keeps at once what was typed last: the page may be gone in a moment.
    fn leave(self: &Rc<Self>) {
        if self.is_unsent.get() {
            self.is_busy.set(true);
            self.send(true);
        }
    }

    /// Tries again, now that there is a connection.
    fn resume(self: &Rc<Self>) {
        if self.is_unsent.get() {
            self.tries.set(0);
            self.keep();
        }
    }

    fn try_again(self: &Rc<Self>) {
        self.is_unsent.set(true);
        let tries = self.tries.get();
        if tries == MOST_TRIES {
            return;
        }
        self.tries.set(tries + 1);
        let this = Rc::clone(self);
        set_timeout(
            move || {
                if this.is_unsent.get() {
                    this.keep();
                }
            },
            AGAIN,
        );
    }

    fn keep(self: &Rc<Self>) {
        if !self.is_busy.replace(true) {
            self.send(false);
        }
    }

    fn send(self: &Rc<Self>, is_leaving: bool) {
        let typed = self.typed.get();
        self.is_unsent.set(false);
        // What is tried again in vain is not worth a word each time.
        if self.tries.get() == 0 {
            self.signals.status.set("Saving".to_owned());
        }
        // Before anything is waited for: a page that is left waits for nothing.
        let sent = request(&self.form, &self.action, is_leaving);
        let this = Rc::clone(self);
        spawn_local(async move {
            match answer(sent).await {
                Ok(kept) => {
                    this.tries.set(0);
                    this.show(kept);
                }
                Err(Some(wire::Error::SignIn)) => this.signals.status.set(
                    "Not saved: you are signed out. Save with the button: what you typed goes with you through signing in"
                        .to_owned(),
                ),
                Err(Some(_)) => {
                    this.signals.status.set("Not saved: the fault is ours. Save with the button".to_owned());
                    this.try_again();
                }
                Err(None) => {
                    this.signals.status.set(
                        "Not saved: there is no connection. What you typed stands here, and is saved when it is back"
                            .to_owned(),
                    );
                    this.try_again();
                }
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

/// Sends what stands in the form. What is sent as the page is left goes on without it; browsers take up to 64 KiB so.
fn request(form: &HtmlFormElement, action: &str, is_leaving: bool) -> Result<Promise, JsValue> {
    let fields = FormData::new_with_form(form)?;
    let body = UrlSearchParams::new_with_str_sequence_sequence(&fields)?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from(body));
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    request.set_headers(&headers);
    if is_leaving {
        Reflect::set(&request, &JsValue::from_str("keepalive"), &JsValue::TRUE)?;
    }
    Ok(window().fetch_with_str_and_init(action, &request))
}

/// What came of it; nothing comes back where there is no connection.
async fn answer(sent: Result<Promise, JsValue>) -> Result<wire::Kept, Option<wire::Error>> {
    let sent = sent.map_err(|_| None)?;
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
