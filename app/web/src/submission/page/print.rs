//! `/submissions/{ref}/print`

use kwanus_domain::{
    case::{CaseRef, CaseState},
    time::{show_date, show_instant},
};
use kwanus_service::submission::Submission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    boards::board_rows,
    check::{parts, section, taken_out_section},
    find,
};
use crate::ui::{Frame, here, refuse};

/// Everything that a submission declares as one document, to be printed or to be kept as a PDF.
#[component]
pub(crate) fn PrintPage() -> impl IntoView {
    let (state, visit) = here();
    let reference = use_params_map().read_untracked().get("case").and_then(|text| CaseRef::parse(&text));
    Suspend::new(async move {
        let submission = match find(&state, &visit, reference).await {
            Ok(submission) => submission,
            Err(error) => return refuse(error, &visit),
        };
        let reference = submission.reference.to_string();
        let page = format!("/submissions/{reference}");
        let trail = vec![("/".to_owned(), "Home".to_owned()), (page.clone(), reference.clone())];
        let title = format!("{}: {}", submission.partner, submission.integration);
        let lead = format!("Justification of permissions {reference}, revision {}.", submission.number);
        let draft = submission.is_draft.then(|| {
            view! {
                <p class="notice cau mt-3">
                    <strong>"Draft, not submitted."</strong>
                    " The boards have not seen it, and it may still change."
                </p>
            }
        });
        let base = submission.base.as_ref();
        let permissions = submission.permissions.iter().map(|each| section(each, base, None)).collect_view();
        let is_bare = submission.permissions.is_empty();
        let none = is_bare.then(|| view! { <p class="quiet mt-4">"No permission is declared."</p> });
        let parts = parts(&submission, false);
        let taken_out = taken_out_section(base);
        let boards = boards(&submission);
        let printed = show_instant(visit.at);
        view! {
            <Frame title lead trail crumb="Print">
                <div class="document column">
                    <p class="no-print quiet mt-2">
                        "Print it with your browser. To keep it as a PDF, choose “Save as PDF” in the place of a printer. "
                        <a href=page>"Return to the submission"</a>
                    </p>
                    {draft}
                    <Facts submission printed />
                    {permissions}
                    {none}
                    {parts}
                    {taken_out}
                    {boards}
                </div>
            </Frame>
        }
        .into_any()
    })
}

/// What the document is of.
#[component]
fn Facts(
    submission: Submission,
    /// The instant at which it is printed.
    printed: String,
) -> impl IntoView {
    let day = |at: chrono::DateTime<chrono::Utc>| show_date(at.date_naive());
    let state = match submission.state {
        _ if submission.is_draft => "Draft, not submitted",
        state => state.label(),
    };
    let decided = if submission.state == CaseState::Withdrawn { "Withdrawn" } else { "Decided" };
    let facts = [
        ("Reference", Some(submission.reference.to_string())),
        ("Revision", Some(submission.number.to_string())),
        ("State", Some(state.to_owned())),
        ("Submitted", submission.submitted_at.map(day)),
        (decided, submission.decided_at.map(day)),
        ("Partner", Some(format!("{}, tier {}", submission.partner, submission.tier.number()))),
        ("Integration", Some(submission.integration.to_string())),
        ("What it does", Some(submission.description.to_string())),
        ("Layers", Some(submission.layers.to_string())),
        ("Stage", Some(submission.stage.label().to_owned())),
        ("Rules", Some(format!("Version {}", submission.rules_version))),
        ("Printed", Some(printed)),
    ];
    let rows = facts.into_iter().filter_map(|(label, text)| text.map(|text| view! { <dt>{label}</dt><dd>{text}</dd> }));
    view! { <dl class="spec mt-3">{rows.collect_view()}</dl> }
}

/// How far each board is, once they have it.
fn boards(submission: &Submission) -> impl IntoView + use<> {
    let rows = board_rows(submission);
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section mt-4" aria-labelledby="boards">
                <div class="section-head"><h2 id="boards">"The boards"</h2></div>
                <ul class="tasks">{rows}</ul>
            </section>
        }
    })
}
