//! `/submissions/{ref}`

use kwanus_domain::{
    case::{CaseRef, CaseState},
    declaration::PartKind,
    time::show_date,
};
use kwanus_service::submission::Submission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{
    boards::BoardStates,
    find,
    task::{TaskState, integration_task, layer_parts, part_tasks, permission_tasks, taken_out},
    unsent::UnsentForms,
    withdraw::{WHY, Withdraw},
};
use crate::{
    appeal::AppealNotice,
    ballot::PartnerConcerns,
    condition::{PartnerConditions, recall_supplied},
    permission::WouldDifferNotice,
    request::{ChangesRequested, recall_answers},
    revisit::OwnRevisit,
    ui::{
        DoneNotice, ErrorSummary, Frame, HiddenField, Memory, OwnerField, TextField, Unsent, here, recall, refuse,
        take_done, waiting,
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
        let concerns =
            crate::ballot::recall_answers(&session, &visit, submission.reference, &submission.concerns).await;
        let conditions = recall_supplied(&session, &visit, submission.reference, &submission.conditions).await;
        let answers = recall_answers(&session, &visit, submission.reference, &submission.requests).await;
        let wrong = concerns
            .iter()
            .chain(&conditions)
            .chain(&answers)
            .chain([&memory, &withdrawing])
            .find(|memory| memory.is_error());
        let wrong = wrong.cloned().unwrap_or_default();
        // Where it says that something came too late, it shows what did.
        let is_late = memory.is_error() && !submission.is_draft;
        let unsent = if is_late { waiting(&session, &visit, &reference).await } else { vec![] };
        let done = take_done(&session).await;
        let trail =
            vec![("/".to_owned(), "Home".to_owned()), ("/submissions".to_owned(), "Your submissions".to_owned())];
        let title = format!("Justify the permissions of {}", submission.integration);
        let lead = lead(&submission);
        let is_draft = submission.is_draft;
        let integration = integration_task(&submission);
        let permissions = permission_tasks(&submission);
        let layers = part_tasks(&submission, &layer_parts(&submission));
        let data = part_tasks(&submission, &[PartKind::Storage, PartKind::Compliance]);
        let all = [&integration].into_iter().chain(&permissions).chain(&layers).chain(&data).map(|(state, _)| *state);
        let (done_tasks, all_tasks) = (all.clone().filter(|state| state.is_done()).count(), all.count());
        let comparison = format!("/submissions/{reference}/revisions/{}", submission.number);
        let changes = match submission.before {
            Some(before) => Some((format!("{comparison}?against={before}"), format!("Compare with revision {before}"))),
            // Nothing was carried before it; what was declined or withdrawn is chosen there.
            None => (submission.number > 1).then(|| (comparison, "Compare with an earlier revision".to_owned())),
        };
        let changes = changes.map(|(href, words)| view! { <p class="mt-2"><a href=href>{words}</a></p> });
        let would_differ =
            submission.would_differ.clone().map(|would_differ| view! { <WouldDifferNotice would_differ /> });
        let views = |tasks: Vec<(TaskState, AnyView)>| tasks.into_iter().map(|(_, view)| view).collect_view();
        let (permissions, layers, data) = (views(permissions), views(layers), views(data));
        let gone = taken_out(submission.base.as_ref(), |difference| difference.is_permission);
        let gone = (!gone.is_empty()).then(|| view! { <ul class="tasks">{gone}</ul> });
        let print = format!("/submissions/{reference}/print");
        let boards = (!submission.boards.is_empty()).then(|| view! { <BoardStates submission=submission.clone() /> });
        view! {
            <Frame title lead trail is_error=wrong.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=wrong />
                <div class="column">
                    <p class="mt-2"><strong>{submission.turn.sentence.clone()} "."</strong></p>
                    {after_decision(&submission)}
                    <UnsentForms memories=unsent />
                    <PartnerConditions submission=submission.clone() memories=conditions />
                    <PartnerConcerns submission=submission.clone() memories=concerns />
                    <ChangesRequested submission=submission.clone() memories=answers />
                    {changes}
                    {boards}
                    {would_differ}
                    <h2 class="mt-4">{if is_draft { "1. Integration" } else { "Integration" }}</h2>
                    <ul class="tasks">{integration.1}</ul>
                    <h2 class="mt-4">{if is_draft { "2. Permissions" } else { "Permissions" }}</h2>
                    {if submission.permissions.is_empty() {
                        view! { <p class="quiet mt-1">"No permission is declared yet. Add the first below."</p> }.into_any()
                    } else {
                        view! { <ul class="tasks">{permissions}</ul> }.into_any()
                    }}
                    {gone}
                    {is_draft.then(|| view! { <AddPermission submission=submission.clone() memory /> })}
                    <h2 class="mt-4">{if is_draft { "3. How it works" } else { "How it works" }}</h2>
                    <ul class="tasks">{layers}</ul>
                    <h2 class="mt-4">{if is_draft { "4. Data and compliance" } else { "Data and compliance" }}</h2>
                    <ul class="tasks">{data}</ul>
                    {is_draft
                        .then(|| {
                            view! {
                                <Finish submission=submission.clone() />
                                <p class="quiet mt-2">{format!("{done_tasks} of {all_tasks} tasks completed.")}</p>
                            }
                        })}
                    <p class="mt-2"><a href=print>"Print it, or save it as a PDF"</a></p>
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

/// What becomes of a decision: when it is looked at again, and whether it can be appealed.
fn after_decision(submission: &Submission) -> impl IntoView + use<> {
    view! { <OwnRevisit day=submission.revisit_on /> <AppealNotice clock=submission.appeal.clone() is_own=true /> }
}

/// Which revision it is, and how far.
fn lead(submission: &Submission) -> String {
    match (submission.submitted_at, submission.decided_at) {
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
                    <p class="hint">"Opens when every task above is complete and nothing in it is forbidden"</p>
                </div>
                <span class="done">"Cannot start yet"</span>
            </li>
        }
        .into_any()
    };
    view! {
        <h2 class="mt-4">"5. Check and submit"</h2>
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
