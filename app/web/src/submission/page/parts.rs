//! The list of the parts of a kind: a page of its own, or below the part that holds them.

use kwanus_domain::{declaration::PartKind, manifest::shown, policy::Finding};
use kwanus_service::submission::Submission;
use leptos::prelude::*;

use super::{
    address,
    task::{Task, TaskState, taken_out},
};
use crate::ui::{DoneNotice, FindingNotes, Frame};

/// What the page is called on which the parts of that kind stand.
pub(super) fn list_label(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Endpoint | PartKind::Api => "Use of the API",
        PartKind::Component | PartKind::Extension => "Extension",
        PartKind::Workflow => "Workflows",
        PartKind::Storage => "Copies of the data",
        PartKind::Compliance => "Compliance",
    }
}

/// The list of all parts of a kind.
#[component]
pub(super) fn PartsPage(submission: Submission, kind: PartKind, done: Option<String>) -> impl IntoView {
    let case = submission.reference.to_string();
    let trail = vec![("/".to_owned(), "Home".to_owned()), (format!("/submissions/{case}"), case.clone())];
    // What is missing because it is not there is said of where it would stand: after the last.
    let missing = kind.at(kind.count(&submission.declaration));
    let findings: Vec<_> =
        submission.findings.iter().filter(|finding| finding.place.part == missing).cloned().collect();
    let lead = match kind {
        PartKind::Workflow => "Each workflow that you trigger, that you enhance, or that depends on you.",
        PartKind::Storage if findings.is_empty() => {
            "Each place where you store people’s data. If you store none, there is nothing to do here."
        }
        PartKind::Storage => "Each place where you store people’s data.",
        PartKind::Endpoint => "Each endpoint that you call.",
        _ => "Each thing that the extension adds.",
    };
    let up = format!("/submissions/{case}");
    view! {
        <Frame title=list_label(kind) lead trail>
            <DoneNotice done />
            <div class="column">
                <Parts submission kind findings />
                <p class="mt-2"><a class="btn" href=up>"Continue"</a></p>
            </div>
        </Frame>
    }
}

/// The parts of a kind as tasks, and a way to add another.
#[component]
pub(super) fn Parts(
    submission: Submission,
    kind: PartKind,
    /// What is found where they are asked for.
    findings: Vec<Finding>,
) -> impl IntoView {
    let case = submission.reference.to_string();
    let declared = shown(&submission.declaration);
    let tasks = declared.into_iter().filter(|shown| shown.part.kind().is_some_and(|(of, _)| of == kind)).map(|shown| {
        let findings: Vec<_> =
            submission.findings.iter().filter(|finding| finding.place.part == shown.part).cloned().collect();
        let state = TaskState::of(true, &findings);
        let name = shown.title.split_once(": ").map_or(shown.title.clone(), |(_, name)| name.to_owned());
        let base = submission.base.as_ref();
        let since = base.and_then(|base| Some((base.of(shown.part)?.how, base.number)));
        view! { <Task href=address(&case, shown.part) title=name hint=state.hint("") state since /> }
    });
    let tasks = tasks.collect_view();
    let gone = taken_out(submission.base.as_ref(), |difference| difference.kind == Some(kind));
    let gone = (!gone.is_empty()).then(|| view! { <ul class="tasks">{gone}</ul> });
    let (id, heading, add, none) = match kind {
        PartKind::Endpoint => ("endpoints", "Endpoints", "Add an endpoint", "No endpoint is named yet."),
        PartKind::Component => ("components", "What it adds", "Add a component", "Nothing is named yet."),
        PartKind::Workflow => ("workflows", "Your workflows", "Add a workflow", "No workflow is declared yet."),
        _ => ("storage", "Your copies", "Add a copy", "You declare no copy of the data on your side."),
    };
    let is_empty = kind.count(&submission.declaration) == 0;
    // Beside the field of the part above that holds the list; a list that is a page of its own has only what is found of it.
    let field = match kind {
        PartKind::Endpoint => "endpoints",
        PartKind::Component => "components",
        PartKind::Storage => "place",
        _ => "name",
    };
    let notes = view! { <FindingNotes findings field /> };
    let new = format!("/submissions/{case}/{}/new", kind.as_str());
    view! {
        <section class="mt-4" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            {if is_empty {
                view! { <p class="quiet mt-1">{none}</p> }.into_any()
            } else {
                view! { <ul class="tasks">{tasks}</ul> }.into_any()
            }}
            {gone}
            {notes}
            <p class="mt-2"><a class="btn" href=new>{add}</a></p>
        </section>
    }
}
