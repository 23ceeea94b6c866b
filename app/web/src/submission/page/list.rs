//! `/submissions`

use kwanus_domain::{
    case::{CaseRef, CaseState},
    time::show_date,
};
use kwanus_service::submission::{ListedSubmission, list};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use crate::ui::{Column, DataTable, DoneNotice, Frame, Pager, here, refuse, take_done};

/// A partner's submissions.
#[component]
pub(crate) fn SubmissionsPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let after = use_query_map().read_untracked().get("after").and_then(|text| CaseRef::parse(&text));
    Suspend::new(async move {
        let page = match visit.caller() {
            Ok(caller) => list(&state.db, caller, after).await,
            Err(error) => Err(error),
        };
        let page = match page {
            Ok(page) => page,
            Err(error) => return refuse(error, &visit),
        };
        let done = take_done(&session).await;
        let next = page.next.map(|reference| reference.to_string());
        let trail = vec![("/".to_owned(), "Home".to_owned())];
        let actions = view! { <a class="btn primary" href="/submissions/new">"Start a submission"</a> }.into_any();
        let lead = if page.rows.is_empty() { "You have no submissions yet." } else { "The newest first." };
        view! {
            <Frame title="Your submissions" lead trail actions>
                <DoneNotice done />
                <SubmissionTable rows=page.rows />
                <Pager path="/submissions" is_later=after.is_some() next />
            </Frame>
        }
        .into_any()
    })
}

/// Submissions as a table, or what to do where there is none.
#[component]
pub(crate) fn SubmissionTable(rows: Vec<ListedSubmission>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <div class="empty">
                <h2>"You have no submissions yet"</h2>
                <p>"A submission says which permissions an integration wants, and why. It is saved as you write, and nobody else sees it before you submit it."</p>
                <a class="btn" href="/policy#catalogue">"What can be asked for"</a>
            </div>
        }
        .into_any();
    }
    let rows = rows.into_iter().map(|submission| {
        let is_asked = submission.turn.is_asked;
        let status = if is_asked { "Changes requested" } else { submission.state.label() };
        let (tag, with, date, what) = match (submission.state, submission.submitted_at) {
            (CaseState::Open, Some(at)) if is_asked => ("tag crit", "You", at, "Submitted"),
            (CaseState::Open, Some(at)) => ("tag accent", "The boards", at, "Submitted"),
            (CaseState::Carried, Some(at)) => ("tag good", "Nobody", at, "Submitted"),
            (CaseState::Declined | CaseState::Reviewed, Some(at)) => ("tag crit", "Nobody", at, "Submitted"),
            (CaseState::Withdrawn, Some(at)) => ("tag", "Nobody", at, "Submitted"),
            _ => ("tag", "You", submission.created_at, "Started"),
        };
        view! {
            <tr>
                <th scope="row">
                    <a class="title" href=format!("/submissions/{}", submission.reference)>
                        {format!("{}, revision {}", submission.integration, submission.number)}
                    </a>
                    <span class="sub">{submission.reference.to_string()}</span>
                    <span class="sub">{submission.turn.sentence} "."</span>
                </th>
                <td data-label="Status"><span class=tag>{status}</span></td>
                <td data-label="With">{with}</td>
                <td data-label="Since">
                    <span>{show_date(date.date_naive())} <span class="sub">{what}</span></span>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Submission", "Status", "With", "Since"].map(Column::Text);
    view! {
        <DataTable caption="Submissions" columns>{rows}</DataTable>
    }
    .into_any()
}
