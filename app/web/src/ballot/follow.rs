//! Showing what changed as it changes: the page is asked for once more, and what of it is marked and says something else takes
//! the place of what stood there. What somebody writes into, or has open, stays as it is; then there is a link instead.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, Headers, HtmlElement, HtmlInputElement, HtmlTextAreaElement, NodeList, RequestInit,
    Response, SupportedType,
};

use crate::ui::live::on_change;

/// So long after it was asked for a page is asked for again at the earliest.
const PAUSE: Duration = Duration::from_secs(1);
/// What is compared: the sentence on top, and what is marked.
const REGIONS: &str = ".page-head .lead, [data-live]";
/// What a region is marked with that is never shown anew, but told of.
const TOLD: &str = "told";

/// A page that is followed, for as long as it lives.
struct Followed {
    status: RwSignal<String>,
    is_held: RwSignal<bool>,
    /// What each region says.
    said: RefCell<Vec<String>>,
    is_busy: Cell<bool>,
    /// Whether something changed while the page was asked for.
    is_behind: Cell<bool>,
    /// How often something was shown anew.
    times: Cell<u32>,
}

/// Follows the page.
pub(super) fn follow(status: RwSignal<String>, is_held: RwSignal<bool>) {
    let said = regions(&document()).iter().map(said).collect();
    let followed = Rc::new(Followed {
        status,
        is_held,
        said: RefCell::new(said),
        is_busy: Cell::new(false),
        is_behind: Cell::new(false),
        times: Cell::new(0),
    });
    on_change(move || followed.refresh());
}

/// What a query found.
pub(super) fn elements(list: Result<NodeList, JsValue>) -> Vec<Element> {
    let Ok(list) = list else { return vec![] };
    (0..list.length()).filter_map(|n| list.get(n)?.dyn_into().ok()).collect()
}

fn regions(document: &Document) -> Vec<Element> {
    elements(document.query_selector_all(REGIONS))
}

fn is_told(region: &Element) -> bool {
    region.get_attribute("data-live").as_deref() == Some(TOLD)
}

/// What a region says, by which it is compared.
fn said(region: &Element) -> String {
    if is_told(region) { region.get_attribute("data-mark").unwrap_or_default() } else { region.inner_html() }
}

impl Followed {
    fn refresh(self: &Rc<Self>) {
        if self.is_busy.replace(true) {
            self.is_behind.set(true);
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            // Where the session is over or the network away, the page stays as it is.
            if let Some(html) = fetch_page().await {
                this.show(&html);
            }
            set_timeout(
                move || {
                    this.is_busy.set(false);
                    if this.is_behind.replace(false) {
                        this.refresh();
                    }
                },
                PAUSE,
            );
        });
    }

    fn show(&self, html: &str) {
        let parsed = DomParser::new().and_then(|parser| parser.parse_from_string(html, SupportedType::TextHtml));
        let Ok(page) = parsed else { return };
        let (here, there) = (regions(&document()), regions(&page));
        if here.len() != there.len() {
            self.hold();
            return;
        }
        let (mut is_shown, mut is_held) = (false, false);
        let mut all = self.said.borrow_mut();
        for ((old, new), before) in here.iter().zip(&there).zip(all.iter_mut()) {
            let now = said(new);
            if now == *before {
                continue;
            }
            if is_told(old) || is_in_use(old) {
                is_held = true;
            } else {
                swap(old, &now);
                *before = now;
                is_shown = true;
            }
        }
        if is_held {
            self.hold();
        } else if is_shown {
            self.is_held.set(false);
            let times = self.times.get() + 1;
            self.times.set(times);
            let noun = if times == 1 { "time" } else { "times" };
            self.status.set(format!("Something changed, and is shown: {times} {noun} since you opened this page"));
        }
    }

    fn hold(&self) {
        self.is_held.set(true);
        self.status.set("Something changed since. What you see was left as it is".to_owned());
    }
}

/// The page as it is now. It says that nobody looks at it, so that what is told once waits for who does.
async fn fetch_page() -> Option<String> {
    let location = window().location();
    let (path, query) = (location.pathname().ok()?, location.search().ok()?);
    let joint = if query.is_empty() { "?" } else { "&" };
    let request = RequestInit::new();
    let headers = Headers::new().ok()?;
    headers.set("accept", "text/html").ok()?;
    request.set_headers(&headers);
    let sent = window().fetch_with_str_and_init(&format!("{path}{query}{joint}live=1"), &request);
    let response: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    if !response.ok() || response.redirected() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// Whether somebody writes in a region, or has a dialog open in it. A box that selects a row is put back as it was.
fn is_in_use(region: &Element) -> bool {
    let is_there = |selector: &str| region.query_selector(selector).ok().flatten().is_some();
    if is_there("dialog[open], input[type=radio]:checked, textarea:focus, select:focus, input[type=text]:focus") {
        return true;
    }
    elements(region.query_selector_all("textarea, input[type=text]")).into_iter().any(|field| {
        let typed = field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
        let typed = typed.or_else(|| field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value));
        typed.is_some_and(|typed| !typed.is_empty())
    })
}

/// Puts the server's own markup in the place of what stood there, with the same rows selected, the same parts open and the focus
/// where it was, if that is still there.
fn swap(region: &Element, html: &str) {
    let focused =
        document().active_element().filter(|focused| region.contains(Some(focused.as_ref()))).and_then(|focused| {
            let row = focused.closest("tr[data-row]").ok().flatten();
            let title = row.and_then(|row| row.query_selector("a.title").ok().flatten());
            Some(focused.id()).filter(|id| !id.is_empty()).or_else(|| title.map(|title| title.id()))
        });
    let checked: Vec<String> =
        boxes(region).into_iter().filter(HtmlInputElement::checked).map(|each| each.value()).collect();
    let open: Vec<bool> =
        elements(region.query_selector_all("details")).iter().map(|each| each.has_attribute("open")).collect();
    region.set_inner_html(html);
    for each in boxes(region) {
        each.set_checked(checked.contains(&each.value()));
    }
    for (each, _) in elements(region.query_selector_all("details")).iter().zip(open).filter(|(_, is_open)| *is_open) {
        let _ = each.set_attribute("open", "");
    }
    let focused =
        focused.and_then(|id| document().get_element_by_id(&id)).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    if let Some(focused) = focused {
        let _ = focused.focus();
    }
}

fn boxes(region: &Element) -> Vec<HtmlInputElement> {
    let found = elements(region.query_selector_all("input[type=checkbox]"));
    found.into_iter().filter_map(|each| each.dyn_into().ok()).collect()
}
