//! A task of a submission, and how far it is.

use kwanus_domain::policy::{Finding, Verdict};
use leptos::prelude::*;

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TaskState {
    /// The boards have it.
    Submitted,
    /// So many things in it are forbidden.
    NeedsChanges(usize),
    /// Nothing is answered yet.
    NotStarted,
    /// So many answers are still to come.
    InProgress(usize),
    /// Nothing is missing; whether the boards will weigh something.
    Completed { is_restricted: bool },
}

impl TaskState {
    /// How far the task of a draft is in which the rules find this.
    pub(super) fn of(is_begun: bool, findings: &[Finding]) -> Self {
        let count = |verdict| findings.iter().filter(|finding| finding.verdict() == verdict).count();
        match (count(Verdict::Forbidden), count(Verdict::Missing), count(Verdict::Restricted)) {
            (forbidden @ 1.., ..) => Self::NeedsChanges(forbidden),
            _ if !is_begun => Self::NotStarted,
            (_, missing @ 1.., _) => Self::InProgress(missing),
            (.., restricted) => Self::Completed { is_restricted: restricted > 0 },
        }
    }

    /// Whether nothing is left to do in it.
    pub(super) const fn is_done(self) -> bool {
        matches!(self, Self::Submitted | Self::Completed { .. })
    }

    /// What to do, or `otherwise` where nothing is.
    pub(super) fn hint(self, otherwise: &str) -> String {
        match self {
            Self::NeedsChanges(count) => format!("{count} forbidden: it blocks your submission"),
            Self::InProgress(count) => format!("{count} still to answer"),
            Self::Completed { is_restricted: true } => "Restricted: the boards will weigh your reason".to_owned(),
            _ => otherwise.to_owned(),
        }
    }
}

/// A task in a task list.
#[component]
pub(super) fn Task(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    #[prop(into)] hint: String,
    state: TaskState,
    /// Whether the title is a permission's key.
    #[prop(default = false)]
    is_key: bool,
) -> impl IntoView {
    let status = match state {
        TaskState::Submitted => view! { <span class="done">"Submitted"</span> }.into_any(),
        TaskState::NeedsChanges(_) => view! { <span class="tag crit">"Needs changes"</span> }.into_any(),
        TaskState::NotStarted => view! { <span class="tag accent">"Not started"</span> }.into_any(),
        TaskState::InProgress(_) => view! { <span class="tag cau">"In progress"</span> }.into_any(),
        TaskState::Completed { .. } => view! { <span class="done">"Completed"</span> }.into_any(),
    };
    let title = if is_key { view! { <code>{title}</code> }.into_any() } else { title.into_any() };
    view! {
        <li>
            <div>
                <a href=href>{title}</a>
                {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            </div>
            {status}
        </li>
    }
}
