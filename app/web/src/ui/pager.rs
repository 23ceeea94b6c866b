//! From page to page of a list.

use leptos::prelude::*;

use super::answer::escape;

/// Links to the first and the next page of the list at `path`; nothing where there is one page only.
#[component]
pub(crate) fn Pager(
    #[prop(into)] path: String,
    /// Whether this is a later page.
    is_later: bool,
    /// After which key the next page begins.
    next: Option<String>,
) -> impl IntoView {
    let next = next.map(|after| format!("{path}?after={}", escape(&after)));
    (is_later || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {is_later.then(|| view! { <a href=path>"First page"</a> })}
                {next.map(|next| view! { <a href=next rel="next">"Next page"</a> })}
            </nav>
        }
    })
}
