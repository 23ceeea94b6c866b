//! What a docket and a case do that HTML cannot: keys that act by themselves, and showing what others do as they do it.

use leptos::prelude::*;

/// The keys, and what each does. Each stands on the page as a button that does the same.
const KEYS: [(&str, &str, &str); 8] = [
    ("j", "j", "next case"),
    ("k", "k", "previous case"),
    (" ", "Space", "look inside, or close"),
    ("Enter", "Enter", "open the case"),
    ("x", "x", "select"),
    ("p", "p", "take a position"),
    ("/", "/", "find a case"),
    ("?", "?", "all shortcuts"),
];

/// The shortcuts of the docket. Without JavaScript none of them does anything, and nothing is shown.
#[island]
pub fn DocketKeys() -> impl IntoView {
    let is_alive = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    {
        super::keys::listen();
        // Once what the server sent is taken over as it is.
        Effect::new(move |_| is_alive.set(true));
    }
    let buttons = KEYS.map(|(key, name, what)| {
        let press = move |_| {
            #[cfg(feature = "hydrate")]
            super::keys::press(key);
            #[cfg(not(feature = "hydrate"))]
            let _ = key;
        };
        view! {
            <li>
                <button type="button" class="link-btn" aria-keyshortcuts=name on:click=press>
                    <kbd>{name}</kbd>
                    " "
                    {what}
                </button>
            </li>
        }
    });
    let rows = KEYS.map(|(_, name, what)| view! { <dt><kbd>{name}</kbd></dt><dd>{what}</dd> });
    view! {
        <div hidden=move || !is_alive.get()>
            <ul class="keys board-keys mt-1" aria-label="Keyboard shortcuts">{buttons.into_iter().collect_view()}</ul>
            <dialog id="shortcuts" aria-labelledby="h-shortcuts">
                <h2 id="h-shortcuts">"Keyboard shortcuts"</h2>
                <p class="quiet">"They rest while you type. A button below the docket switches them off."</p>
                <dl class="spec mt-2">{rows.into_iter().collect_view()}</dl>
                <form method="dialog" class="actions">
                    <button class="btn">"Close"</button>
                </form>
            </dialog>
        </div>
    }
}

/// Shows what changed as it changes, in the regions of the page that are marked `data-live`: but never over what somebody
/// writes. Without JavaScript it is the link that shows the page anew.
#[island]
pub fn LivePage(
    /// The address of the page.
    href: String,
) -> impl IntoView {
    let status = RwSignal::new(String::new());
    let is_held = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    super::follow::follow(status, is_held);
    view! {
        <div class="live-page small">
            <a href=href.clone()>"Refresh"</a>
            <span class="quiet" aria-live="polite">{move || status.get()}</span>
            <span hidden=move || !is_held.get()>
                <a href=href>"Something changed: show it"</a>
            </span>
        </div>
    }
}
