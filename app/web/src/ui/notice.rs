//! What went wrong, and what was done.

use leptos::prelude::*;

use super::memory::Memory;

/// All errors of a form, as links to their fields. It takes the focus as the page opens.
#[component]
pub(crate) fn ErrorSummary(memory: Memory) -> impl IntoView {
    memory.is_error().then(|| {
        let count = memory.violations.len() + usize::from(memory.problem.is_some());
        let heading = if count == 1 { "There is 1 problem".to_owned() } else { format!("There are {count} problems") };
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus>
                <h2>{heading}</h2>
                <ul>
                    {memory.problem.map(|problem| view! { <li>{problem} "."</li> })}
                    {memory
                        .violations
                        .into_iter()
                        .map(|violation| {
                            view! {
                                <li>
                                    <a href=format!("#{}", violation.field)>{violation.message.into_owned()}</a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </div>
        }
    })
}

/// What was just done, on top of the next page.
#[component]
pub(crate) fn DoneNotice(done: Option<String>) -> impl IntoView {
    done.map(|done| {
        view! {
            <div class="notice good mt-2" role="status">
                <p>{done}</p>
            </div>
        }
    })
}
