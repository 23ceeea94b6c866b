//! `/submissions/{ref}`

use kwanus_domain::{
    ballot::{Part, Progress},
    case::{CaseRef, CaseState},
    policy::Verdict,
    time::show_date,
};
use kwanus_service::submission::{BoardState, Submission, SubmittedPermission};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::find;
use crate::ui::{
    DoneNotice, ErrorSummary, Frame, HiddenField, Memory, Monogram, OwnerField, TextField, here, recall, refuse,
    take_done,
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
        let memory = recall(&session, &visit, "add_permission", &submission.reference.to_string()).await;
        let done = take_done(&session).await;
        let trail =
            vec![("/".to_owned(), "Home".to_owned()), ("/submissions".to_owned(), "Your submissions".to_owned())];
        let title = format!("Justify the permissions of {}", submission.integration);
        let lead = match (submission.submitted_at, submission.decided_at) {
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
        let tasks = submission.permissions.iter().map(|permission| task(&submission, permission)).collect_view();
        let is_draft = submission.is_draft;
        let boards = (!submission.boards.is_empty()).then(|| view! { <BoardStates submission=submission.clone() /> });
        view! {
            <Frame title lead trail is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=memory.clone() />
                <div class="column">
                    {boards}
                    <h2 class="mt-4">{if is_draft { "1. Permissions" } else { "Permissions" }}</h2>
                    {if submission.permissions.is_empty() {
                        view! { <p class="quiet mt-1">"No permission is declared yet. Add the first below."</p> }.into_any()
                    } else {
                        view! { <ul class="tasks">{tasks}</ul> }.into_any()
                    }}
                    {is_draft.then(|| view! { <AddPermission submission=submission.clone() memory /> <Finish submission /> })}
                </div>
            </Frame>
        }
        .into_any()
    })
}

/// How far a board is with what is before it, as anybody who may know of the case may know.
pub(crate) fn board_state(state: BoardState) -> AnyView {
    board_row(state, true).into_any()
}

fn board_row(state: BoardState, is_open: bool) -> impl IntoView {
    let (class, words) = match state.progress {
        Progress::Carries => ("tag good", "Carried"),
        Progress::Held => ("tag crit", "Held by an objection"),
        Progress::Lost => ("tag crit", "Declined"),
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
    let rows = submission.boards.into_iter().map(|state| board_row(state, is_open));
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
    view! {
        <section aria-labelledby="boards">
            <h2 class="mt-4" id="boards">"The boards"</h2>
            <ul class="tasks">{rows}</ul>
            {overtaken}
            {revise}
        </section>
    }
}

fn task(submission: &Submission, permission: &SubmittedPermission) -> impl IntoView + use<> {
    let key = permission.permission.key.to_string();
    let href = if submission.is_draft {
        format!("/submissions/{}/permissions/{key}", submission.reference)
    } else {
        format!("/submissions/{}/check", submission.reference)
    };
    let count = |verdict| permission.findings.iter().filter(|finding| finding.verdict() == verdict).count();
    let (forbidden, missing, restricted) =
        (count(Verdict::Forbidden), count(Verdict::Missing), count(Verdict::Restricted));
    let status = if !submission.is_draft {
        view! { <span class="done">"Submitted"</span> }.into_any()
    } else if forbidden > 0 {
        view! { <span class="tag crit">"Needs changes"</span> }.into_any()
    } else if permission.revision == 1 {
        view! { <span class="tag accent">"Not started"</span> }.into_any()
    } else if missing > 0 {
        view! { <span class="tag cau">"In progress"</span> }.into_any()
    } else {
        view! { <span class="done">"Completed"</span> }.into_any()
    };
    let hint = match (forbidden, missing, restricted) {
        (1.., ..) => format!("{forbidden} forbidden: it blocks your submission"),
        (0, 1.., _) if permission.revision > 1 => format!("{missing} still to answer"),
        (0, 0, 1..) => "Restricted: the boards will weigh your reason".to_owned(),
        _ => permission.entry.title.clone(),
    };
    view! {
        <li>
            <div>
                <a href=href><code>{key}</code></a>
                <p class="hint">{hint}</p>
            </div>
            {status}
        </li>
    }
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
                    <p class="hint">"Opens when every permission above is complete and nothing in it is forbidden"</p>
                </div>
                <span class="done">"Cannot start yet"</span>
            </li>
        }
        .into_any()
    };
    view! {
        <h2 class="mt-4">"2. Check and submit"</h2>
        <ul class="tasks">{check}</ul>
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
