//! `/submissions/{ref}/permissions/{permission}/evidence`

use kwanus_domain::{
    case::CaseRef,
    declaration::EVIDENCE_NOTE,
    evidence::{MOST_BYTES_OF_SUBMISSION, MOST_OF_PERMISSION, MediaType, show_size},
};
use kwanus_service::{
    Error,
    evidence::EvidenceRow,
    submission::{self, SubmittedPermission},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::list::{EvidenceItem, EvidenceList};
use crate::{
    submission::submitted_meanwhile,
    ui::{
        DoneNotice, ErrorSummary, Examples, FileField, Frame, HiddenField, Memory, OwnerField, TextArea, TextField,
        here, recall, refuse, take_done,
    },
};

/// What is asked about evidence, as its forms say it.
pub(crate) const DATED_ON_LABEL: &str = "When was it made?";
pub(crate) const NOTE_LABEL: &str = "What does it show?";
pub(crate) const URL_LABEL: &str = "Which address?";

/// What shows what is declared of one permission of a draft.
#[component]
pub(crate) fn EvidencePage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let params = use_params_map().read_untracked().clone();
    let reference = params.get("case").and_then(|text| CaseRef::parse(&text));
    let key = params.get("permission").unwrap_or_default();
    Suspend::new(async move {
        let submission = match (visit.caller(), reference) {
            (Ok(caller), Some(reference)) => submission::lookup(&state.db, caller, reference).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let found = submission.and_then(|submission| {
            let is_this = |each: &&SubmittedPermission| each.permission.key.as_str() == key;
            let found = submission.permissions.iter().find(is_this).cloned();
            found.map(|found| (submission, found)).ok_or(Error::NotFound)
        });
        let (submission, found) = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let reference = submission.reference.to_string();
        let subject = format!("{reference}/{key}");
        // What was submitted is not written any more.
        if !submission.is_draft {
            let forms = [("attach_evidence", &*subject), ("attach_link", &*subject)];
            return submitted_meanwhile(&submission, &session, &visit, &forms).await;
        }
        let of_file = recall(&session, &visit, "attach_evidence", &subject).await;
        let of_link = recall(&session, &visit, "attach_link", &subject).await;
        let wrong = [&of_file, &of_link].into_iter().find(|memory| memory.is_error()).cloned().unwrap_or_default();
        let done = take_done(&session).await;
        let page = format!("/submissions/{reference}/permissions/{key}");
        let trail = vec![
            ("/".to_owned(), "Home".to_owned()),
            (format!("/submissions/{reference}"), reference.clone()),
            (page.clone(), key.clone()),
        ];
        let files = submission.permissions.iter().flat_map(|each| &each.evidence);
        let bytes: u64 = files.filter_map(|row| row.data.exhibit.file()).map(|file| file.bytes).sum();
        let room = format!(
            "{} of {MOST_OF_PERMISSION} attached here; the files of this submission take {} of {}.",
            found.evidence.len(),
            show_size(bytes),
            show_size(MOST_BYTES_OF_SUBMISSION)
        );
        view! {
            <Frame
                title=format!("Evidence for {key}")
                lead="What shows that it is as you say: a screen, a document, a log. The boards read it beside your answers."
                trail
                crumb="Evidence"
                is_error=wrong.is_error()
            >
                <DoneNotice done />
                <ErrorSummary memory=wrong />
                <div class="column">
                    <h2 class="mt-4">"Attached"</h2>
                    <Attached evidence=found.evidence case=reference.clone() permission=key.clone() />
                    <p class="quiet mt-2">{room}</p>
                    <FileForm case=reference.clone() permission=key.clone() memory=of_file />
                    <LinkForm case=reference permission=key memory=of_link />
                    <p class="mt-4"><a href=page>"Return to the permission"</a></p>
                </div>
            </Frame>
        }
        .into_any()
    })
}

/// What is attached, each with a button to remove it.
#[component]
fn Attached(evidence: Vec<EvidenceRow>, case: String, permission: String) -> impl IntoView {
    if evidence.is_empty() {
        return view! { <EvidenceList evidence /> }.into_any();
    }
    let rows = evidence.into_iter().map(|row| {
        let (case, permission) = (case.clone(), permission.clone());
        let id = row.id.to_string();
        let name = row.data.exhibit.file().map_or_else(|| "the link".to_owned(), |file| format!("“{}”", file.name));
        view! {
            <li>
                <EvidenceItem row />
                <form method="post" action="/do/remove_evidence">
                    <OwnerField />
                    <HiddenField name="case" value=case />
                    <HiddenField name="permission" value=permission />
                    <HiddenField name="evidence" value=id />
                    <button class="link-btn">"Remove" <span class="vh">" " {name}</span></button>
                </form>
            </li>
        }
    });
    view! { <ul class="evidence">{rows.collect_view()}</ul> }.into_any()
}

#[component]
fn FileForm(case: String, permission: String, memory: Memory) -> impl IntoView {
    let hint = if memory.is_error() {
        "A PDF, PNG, JPEG or text file of up to 10 MB. Choose it again: no browser keeps a chosen file."
    } else {
        "A PDF, PNG, JPEG or text file of up to 10 MB."
    };
    view! {
        <h2 class="mt-4" id="attach-file">"Attach a file"</h2>
        <form
            class="mt-2"
            method="post"
            action="/do/attach_evidence"
            enctype="multipart/form-data"
            aria-labelledby="attach-file"
            novalidate
        >
            <OwnerField />
            <HiddenField name="case" value=case />
            <HiddenField name="permission" value=permission />
            <TextField
                name="dated_on"
                label=DATED_ON_LABEL
                hint="The date that it bears, which need not be the day on which you attach it."
                kind="date"
                value=""
                memory=memory.clone()
            />
            <TextArea
                name="note"
                label=NOTE_LABEL
                hint="Where its name does not say so: up to 500 characters."
                value=""
                memory=memory.clone()
            />
            <Examples label=NOTE_LABEL examples=EVIDENCE_NOTE />
            // Last, as it is sent in this order: where it does not arrive whole, the rest is there.
            <FileField name="file" label="Which file?" hint accept=MediaType::ACCEPT memory />
            <button class="btn primary">"Attach file"</button>
        </form>
    }
}

#[component]
fn LinkForm(case: String, permission: String, memory: Memory) -> impl IntoView {
    view! {
        <h2 class="mt-4" id="attach-link">"Attach a link"</h2>
        <form class="mt-2" method="post" action="/do/attach_link" aria-labelledby="attach-link" novalidate>
            <OwnerField />
            <HiddenField name="case" value=case />
            <HiddenField name="permission" value=permission />
            <TextField
                name="url"
                label=URL_LABEL
                hint="It begins with https://, and the boards can open it. We keep no copy: attach a file of what may change."
                value=""
                memory=memory.clone()
            />
            <TextField
                name="link_dated_on"
                label=DATED_ON_LABEL
                hint="The date that the page bears, or that of its last change."
                kind="date"
                value=""
                memory=memory.clone()
            />
            <TextArea
                name="link_note"
                label=NOTE_LABEL
                hint="And where on the page: up to 500 characters."
                value=""
                memory
            />
            <Examples label=NOTE_LABEL examples=EVIDENCE_NOTE />
            <button class="btn">"Attach link"</button>
        </form>
    }
}
