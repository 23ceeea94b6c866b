//! `/submissions/{ref}`

use kwanus_domain::{
    ballot::{Part, Progress},
    case::{CaseRef, CaseState},
    declaration::{Compliance, PartKind},
    integration::Layer,
    time::show_date,
};
use kwanus_service::submission::{BoardState, Submission, SubmittedPermission};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{
    find,
    task::{Task, TaskState},
    withdraw::{WHY, Withdraw},
};
use crate::{
    request::{ChangesRequested, recall_answers},
    ui::{
        DoneNotice, ErrorSummary, Frame, HiddenField, Memory, Monogram, OwnerField, TextField, Unsent, here, recall,
        refuse, take_done,
    },
};

/// A submission as a list of tasks.
#[component]
pub(crate) fn SubmissionPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let reference = use_params_map().read_untracked().get("case").and_then(|text| CaseRef::parse(&text));
    Suspend::new(async move {
        let submission = match find(&state, &visit, reference).await {
            Ok(submission) => submission,
            Err(error) => return refuse(error, &visit),
        };
        let reference = submission.reference.to_string();
        let memory = recall(&session, &visit, "add_permission", &reference).await;
        let mut withdrawing = recall(&session, &visit, "withdraw_submission", &reference).await;
        let is_open = submission.state == CaseState::Open;
        if !is_open {
            withdrawing = withdrawing.without_fields();
        }
        let answers = recall_answers(&session, &visit, submission.reference, &submission.requests).await;
        let wrong = answers.iter().chain([&memory, &withdrawing]).find(|memory| memory.is_error());
        let wrong = wrong.cloned().unwrap_or_default();
        let done = take_done(&session).await;
        let trail =
            vec![("/".to_owned(), "Home".to_owned()), ("/submissions".to_owned(), "Your submissions".to_owned())];
        let title = format!("Justify the permissions of {}", submission.integration);
        let lead = match (submission.submitted_at, submission.decided_at) {
            (_, Some(at)) if submission.state == CaseState::Withdrawn => format!(
                "{}, revision {}. Withdrawn {}: nothing is granted by it.",
                submission.reference,
                submission.number,
                show_date(at.date_naive())
            ),
            (_, Some(at)) => {
                let outcome = submission.state.label().to_lowercase();
                format!(
                    "{}, revision {}. Decided {}: {outcome}.",
                    submission.reference,
                    submission.number,
                    show_date(at.date_naive())
                )
            }
            (Some(at), None) => format!(
                "{}, revision {}. Submitted {}; the boards have it.",
                submission.reference,
                submission.number,
                show_date(at.date_naive())
            ),
            (None, None) if submission.is_revising => format!(
                "{}, revision {}. The boards go on with revision {} until you submit this one; positions on that one then count no more.",
                submission.reference,
                submission.number,
                submission.number - 1
            ),
            (None, None) => format!(
                "{}, revision {}. We save each page when you continue, and nobody else sees it before you submit it.",
                submission.reference, submission.number
            ),
        };
        let is_draft = submission.is_draft;
        let permissions = permission_tasks(&submission);
        let layers = part_tasks(&submission, &layer_parts(&submission));
        let data = part_tasks(&submission, &[PartKind::Storage, PartKind::Compliance]);
        let all = permissions.iter().chain(&layers).chain(&data).map(|(state, _)| *state);
        let (done_tasks, all_tasks) = (all.clone().filter(|state| state.is_done()).count(), all.count());
        let changes = submission.before.map(|before| {
            let href = format!("/submissions/{reference}/revisions/{}?against={before}", submission.number);
            view! { <p class="mt-2"><a href=href>"Compare with revision " {before}</a></p> }
        });
        let views = |tasks: Vec<(TaskState, AnyView)>| tasks.into_iter().map(|(_, view)| view).collect_view();
        let (permissions, layers, data) = (views(permissions), views(layers), views(data));
        let boards = (!submission.boards.is_empty()).then(|| view! { <BoardStates submission=submission.clone() /> });
        view! {
            <Frame title lead trail is_error=wrong.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=wrong />
                <div class="column">
                    <p class="mt-2"><strong>{submission.turn.sentence.clone()} "."</strong></p>
                    <ChangesRequested submission=submission.clone() memories=answers />
                    {changes}
                    {boards}
                    <h2 class="mt-4">{if is_draft { "1. Permissions" } else { "Permissions" }}</h2>
                    {if submission.permissions.is_empty() {
                        view! { <p class="quiet mt-1">"No permission is declared yet. Add the first below."</p> }.into_any()
                    } else {
                        view! { <ul class="tasks">{permissions}</ul> }.into_any()
                    }}
                    {is_draft.then(|| view! { <AddPermission submission=submission.clone() memory /> })}
                    <h2 class="mt-4">{if is_draft { "2. How it works" } else { "How it works" }}</h2>
                    <ul class="tasks">{layers}</ul>
                    <h2 class="mt-4">{if is_draft { "3. Data and compliance" } else { "Data and compliance" }}</h2>
                    <ul class="tasks">{data}</ul>
                    {is_draft
                        .then(|| {
                            view! {
                                <Finish submission=submission.clone() />
                                <p class="quiet mt-2">{format!("{done_tasks} of {all_tasks} tasks completed.")}</p>
                            }
                        })}
                    {if is_open {
                        view! { <Withdraw submission memory=withdrawing /> }.into_any()
                    } else {
                        view! { <Unsent memory=withdrawing labels=vec![("reason", WHY)] /> }.into_any()
                    }}
                </div>
            </Frame>
        }
        .into_any()
    })
}

/// How far a board is with what is before it, as anybody who may know of the case may know.
pub(crate) fn board_state(state: BoardState) -> AnyView {
    board_row(state, CaseState::Open).into_any()
}

fn board_row(state: BoardState, case: CaseState) -> impl IntoView {
    let is_open = case == CaseState::Open;
    let (class, words) = match state.progress {
        Progress::Carries => ("tag good", "Carried"),
        Progress::Held => ("tag crit", "Held by an objection"),
        Progress::Lost => ("tag crit", "Declined"),
        Progress::Open | Progress::Short if case == CaseState::Withdrawn => ("tag", "Stopped"),
        Progress::Open | Progress::Short if !is_open => ("tag", "Ended short"),
        Progress::Open if !state.objections.is_empty() => ("tag crit", "An objection is open"),
        Progress::Open | Progress::Short => ("tag accent", "In progress"),
    };
    let advises = (state.part == Part::Advises).then_some(" It advises.");
    let closes = is_open.then(|| format!("Its ballot closes {}.", show_date(state.deadline.closes_at().date_naive())));
    let objections = state.objections.into_iter().map(|reason| {
        view! { <p class="mt-1"><strong>"Objection: "</strong> {reason.to_string()}</p> }
    });
    view! {
        <li>
            <div>
                <Monogram board=state.board name=state.name.clone() /> " " {state.name}
                <p class="hint">{closes} {advises}</p>
                {objections.collect_view()}
            </div>
            <span class=class>{words}</span>
        </li>
    }
}

/// How far each board is, as the partner may know it, and what it objects to.
#[component]
fn BoardStates(submission: Submission) -> impl IntoView {
    let is_open = submission.state == CaseState::Open;
    let rows = submission.boards.into_iter().map(|state| board_row(state, submission.state));
    let rows = rows.collect_view();
    let overtaken = (!submission.overtaken.is_empty()).then(|| {
        let what = submission.overtaken.into_iter().map(|what| view! { <li>{what}</li> });
        view! {
            <p class="mt-2">"Something in it became impossible meanwhile, and is not granted however the boards vote:"</p>
            <ul>{what.collect_view()}</ul>
        }
    });
    let reference = submission.reference.to_string();
    let revise = (is_open && !submission.is_draft).then(|| {
        view! {
            <form class="mt-3" method="post" action="/do/revise_submission">
                <OwnerField />
                <HiddenField name="case" value=reference />
                <button class="btn">"Revise this submission"</button>
                <p class="hint mt-1">"The boards go on with this revision until you submit the next one."</p>
            </form>
        }
    });
    let another = (submission.state == CaseState::Withdrawn)
        .then(|| view! { <p class="mt-3"><a class="btn" href="/submissions/new">"Start another submission"</a></p> });
    view! {
        <section aria-labelledby="boards">
            <h2 class="mt-4" id="boards">"The boards"</h2>
            <ul class="tasks">{rows}</ul>
            {overtaken}
            {revise}
            {another}
        </section>
    }
}

/// A task for each permission.
fn permission_tasks(submission: &Submission) -> Vec<(TaskState, AnyView)> {
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
        (state, view! { <Task href title=key hint state is_key=true /> }.into_any())
    };
    submission.permissions.iter().map(task).collect()
}

/// A task for each of these kinds of parts, those within it too.
fn part_tasks(submission: &Submission, kinds: &[PartKind]) -> Vec<(TaskState, AnyView)> {
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
        (state, view! { <Task href title hint=state.hint(&hint) state /> }.into_any())
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
fn layer_parts(submission: &Submission) -> Vec<PartKind> {
    let parts =
        [(Layer::Api, PartKind::Api), (Layer::Workflow, PartKind::Workflow), (Layer::Extension, PartKind::Extension)];
    let is_asked = |(layer, kind): &(Layer, PartKind)| {
        submission.layers.contains(*layer) || kind.count(&submission.declaration) > 0
    };
    parts.into_iter().filter(is_asked).map(|(_, kind)| kind).collect()
}

#[component]
fn AddPermission(submission: Submission, memory: Memory) -> impl IntoView {
    let declared: Vec<_> = submission.permissions.iter().map(|each| each.permission.key.clone()).collect();
    let options = submission.entries.into_iter().filter(|entry| !declared.contains(&entry.key)).map(|entry| {
        view! { <option value=entry.key.to_string()>{entry.title}</option> }
    });
    view! {
        <form method="post" action="/do/add_permission" novalidate>
            <OwnerField />
            <HiddenField name="case" value=submission.reference.to_string() />
            <TextField
                name="permission"
                label="Add a permission"
                hint="Its key in the catalogue, such as read:items.status. Nothing stands for several."
                value=""
                memory
                autocomplete="off"
                list="catalogue"
            />
            <datalist id="catalogue">{options.collect_view()}</datalist>
            <div class="actions">
                <button class="btn">"Add permission"</button>
                <a href="/policy#catalogue">"See the catalogue"</a>
            </div>
        </form>
    }
}

#[component]
fn Finish(submission: Submission) -> impl IntoView {
    let reference = submission.reference.to_string();
    let check = if submission.may_submit() {
        view! {
            <li>
                <div><a href=format!("/submissions/{reference}/check")>"Check your answers and submit"</a></div>
                <span class="tag accent">"Ready"</span>
            </li>
        }
        .into_any()
    } else {
        view! {
            <li>
                <div>
                    "Check your answers and submit"
                    <p class="hint">"Opens when every task above is complete and nothing in it is forbidden"</p>
                </div>
                <span class="done">"Cannot start yet"</span>
            </li>
        }
        .into_any()
    };
    view! {
        <h2 class="mt-4">"4. Check and submit"</h2>
        <ul class="tasks">{check}</ul>
        <p class="mt-2">
            <a href=format!("/submissions/{reference}/import")>"Import a manifest"</a>
            ", or "
            <a href=format!("/submissions/{reference}/manifest.json") download="manifest.json">"export this draft as one"</a>
            "."
        </p>
        <details class="more">
            <summary>"Delete this draft"</summary>
            <p class="mt-1">
                {if submission.is_revising {
                    "What you changed is lost. The boards go on with the revision that they have."
                } else {
                    "Everything in it is lost, and its reference is not used again."
                }}
            </p>
            <form class="mt-2" method="post" action="/do/delete_submission">
                <OwnerField />
                <HiddenField name="case" value=reference />
                <HiddenField name="revision" value=submission.revision.to_string() />
                <button class="btn danger">"Delete draft"</button>
            </form>
        </details>
    }
}
