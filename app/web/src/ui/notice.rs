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

/// What was typed into a form that cannot be sent any more, so that nobody has to remember it. `labels` names its fields.
#[component]
pub(crate) fn Unsent(memory: Memory, labels: Vec<(&'static str, &'static str)>) -> impl IntoView {
    let rows = labels.into_iter().filter_map(|(field, label)| {
        let text = memory.typed(field, "");
        (!text.trim().is_empty()).then(|| view! { <dt>{label}</dt><dd class="typed">{text}</dd> })
    });
    let rows: Vec<_> = rows.collect();
    // A page may hold several.
    let id = format!("unsent-{}-{}", memory.form, memory.subject.replace('/', "-"));
    let heading = id.clone();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="notice mt-3" aria-labelledby=heading>
                <h2 id=id>"What you wrote was not sent"</h2>
                <p>"It stands here this once: copy what you still need."</p>
                <dl class="spec mt-2">{rows}</dl>
            </section>
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
