//! A task of a submission, and how far it is.

use kwanus_domain::{
    declaration::{Compliance, How, PartDifference, PartKind},
    integration::Layer,
    policy::{Finding, Verdict},
};
use kwanus_service::submission::{Base, Submission, SubmittedPermission};
use leptos::prelude::*;

use super::since::SinceMark;
use crate::evidence::evidence_count;

/// The rule that what is declared is of the integration's layers.
const LAYER: &str = "PIS-2.layer";

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
        let count = |verdict| findings.iter().filter(|finding| finding.while_writing() == verdict).count();
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
            Self::Completed { is_restricted: true } => "Restricted: the boards will weigh it".to_owned(),
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
    /// How it stands to the revision that the draft was filled from, and the number of that one.
    since: Option<(How, i64)>,
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
                {since.map(|(how, number)| view! { <p><SinceMark how number /></p> })}
            </div>
            {status}
        </li>
    }
}

/// What the revision declares from which a draft was filled, and the draft does not: of those `is_meant`.
pub(super) fn taken_out(base: Option<&Base>, is_meant: impl Fn(&PartDifference) -> bool) -> Vec<AnyView> {
    let row = |number: i64, difference: &PartDifference| {
        let title = difference.title.clone();
        let title = if difference.is_permission {
            view! { <del><code>{title}</code></del> }.into_any()
        } else {
            view! { <del>{title}</del> }.into_any()
        };
        let view = view! {
            <li>
                <div>
                    {title}
                    <p><SinceMark how=difference.how number /></p>
                </div>
            </li>
        };
        view.into_any()
    };
    let Some(base) = base else { return vec![] };
    base.taken_out().filter(|difference| is_meant(difference)).map(|difference| row(base.number, difference)).collect()
}

/// What is found of a layer that the integration has not.
pub(super) fn of_layers(submission: &Submission) -> Vec<Finding> {
    let of_permissions = submission.permissions.iter().flat_map(|each| &each.findings);
    let found = of_permissions.chain(&submission.findings);
    found.filter(|finding| finding.rule.id == LAYER).cloned().collect()
}

/// The integration itself. There is nothing to answer, and it is done unless something is declared of a layer that it has not.
pub(super) fn integration_task(submission: &Submission) -> (TaskState, AnyView) {
    let (state, hint) = match of_layers(submission).len() {
        _ if !submission.is_draft => (TaskState::Submitted, None),
        0 => (TaskState::Completed { is_restricted: false }, None),
        count => (TaskState::NeedsChanges(count), Some("Something is declared of a layer that it has not")),
    };
    let registered = format!("{}. {}", submission.layers, submission.stage.label());
    let hint = hint.map_or(registered, str::to_owned);
    let href = format!("/submissions/{}/integration", submission.reference);
    let title = submission.integration.to_string();
    (state, view! { <Task href title hint state since=None /> }.into_any())
}

/// A task for each permission.
pub(super) fn permission_tasks(submission: &Submission) -> Vec<(TaskState, AnyView)> {
    let task = |each: &SubmittedPermission| {
        let key = each.permission.key.to_string();
        let state =
            if submission.is_draft { TaskState::of(each.revision > 1, &each.findings) } else { TaskState::Submitted };
        let href = if submission.is_draft {
            format!("/submissions/{}/permissions/{key}", submission.reference)
        } else {
            format!("/submissions/{}/check", submission.reference)
        };
        let hint = state.hint(&each.entry.title);
        let hint = if each.evidence.is_empty() { hint } else { format!("{hint}. {}", evidence_count(&each.evidence)) };
        let base = submission.base.as_ref();
        let since = base.and_then(|base| Some((base.of_permission(&key)?.how, base.number)));
        (state, view! { <Task href title=key hint state since is_key=true /> }.into_any())
    };
    submission.permissions.iter().map(task).collect()
}

/// A task for each of these kinds of parts, those within it too.
pub(super) fn part_tasks(submission: &Submission, kinds: &[PartKind]) -> Vec<(TaskState, AnyView)> {
    let declaration = &submission.declaration;
    let task = |kind: PartKind| {
        let within = match kind {
            PartKind::Api => PartKind::Endpoint,
            PartKind::Extension => PartKind::Component,
            kind => kind,
        };
        let findings = submission.findings_of(kind).chain(submission.findings_of(within).filter(|_| within != kind));
        let findings: Vec<_> = findings.cloned().collect();
        let count = within.count(declaration);
        let (title, hint, is_begun) = match kind {
            PartKind::Api => ("Use of the API", counted(count, "endpoint"), declaration.api.is_some()),
            PartKind::Extension => ("Extension", counted(count, "component"), declaration.extension.is_some()),
            PartKind::Workflow => ("Workflows", counted(count, "workflow"), count > 0),
            PartKind::Compliance => ("Compliance", String::new(), declaration.compliance != Compliance::default()),
            _ if count == 0 => ("Copies of the data", "None on your side, as far as you declare".to_owned(), true),
            _ => ("Copies of the data", counted(count, "place"), true),
        };
        let (state, page) = if submission.is_draft {
            (TaskState::of(is_begun, &findings), kind.as_str())
        } else {
            (TaskState::Submitted, "check")
        };
        let href = format!("/submissions/{}/{page}", submission.reference);
        let since = submission.base.as_ref().map(|base| (base.how(&[kind, within]), base.number));
        let since = since.filter(|(how, _)| is_begun || *how != How::Unchanged);
        (state, view! { <Task href title hint=state.hint(&hint) state since /> }.into_any())
    };
    kinds.iter().map(|kind| task(*kind)).collect()
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

/// The parts that an integration of these layers declares, and those that it declares all the same.
pub(super) fn layer_parts(submission: &Submission) -> Vec<PartKind> {
    let parts =
        [(Layer::Api, PartKind::Api), (Layer::Workflow, PartKind::Workflow), (Layer::Extension, PartKind::Extension)];
    let is_asked = |(layer, kind): &(Layer, PartKind)| {
        submission.layers.contains(*layer) || kind.count(&submission.declaration) > 0
    };
    parts.into_iter().filter(is_asked).map(|(_, kind)| kind).collect()
}
