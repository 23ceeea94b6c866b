//! From page to page of a list.

use leptos::prelude::*;

use super::answer::escape;

/// Links to the first and the next page of the list at `path`; nothing where there is one page only.
#[component]
pub(crate) fn Pager(
    #[prop(into)] path: String,
    /// What else stands in the address: the filters, by name and value.
    #[prop(optional)]
    query: Vec<(&'static str, String)>,
    /// Whether this is a later page.
    is_later: bool,
    /// After which key the next page begins.
    next: Option<String>,
    /// What that key is called in the address: a page may hold two lists.
    #[prop(default = "after")]
    name: &'static str,
) -> impl IntoView {
    let filters: Vec<_> = query.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    let address = |more: Option<String>| {
        let query: Vec<_> = filters.iter().cloned().chain(more).collect();
        if query.is_empty() { path.clone() } else { format!("{path}?{}", query.join("&")) }
    };
    let next = next.map(|after| address(Some(format!("{name}={}", escape(&after)))));
    let first = address(None);
    (is_later || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {is_later.then(|| view! { <a href=first>"First page"</a> })}
                {next.map(|next| view! { <a href=next rel="next">"Next page"</a> })}
            </nav>
        }
    })
}
