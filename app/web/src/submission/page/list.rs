//! `/submissions`

use kwanus_domain::{
    case::{CaseRef, CaseState},
    time::show_date,
};
use kwanus_service::submission::{ListedSubmission, Review, list};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use crate::ui::{Column, DataTable, DoneNotice, Frame, Monogram, Pager, here, refuse, take_done};

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
    let rows = rows.into_iter().map(row);
    let rows = rows.collect_view();
    let columns = [
        Column::Text("Submission"),
        Column::Text("Status"),
        Column::Text("With"),
        Column::Text("Next date"),
        Column::Number("Waiting"),
    ];
    view! {
        <DataTable caption="Submissions" columns>{rows}</DataTable>
    }
    .into_any()
}

fn row(submission: ListedSubmission) -> impl IntoView {
    let is_objected = submission.review.as_ref().is_some_and(|review| review.is_objected);
    let (tag, status) = match submission.state {
        CaseState::Open if submission.turn.is_asked => ("tag crit", "Changes requested"),
        CaseState::Open if is_objected => ("tag crit", "Objection"),
        CaseState::Open => ("tag accent", submission.state.label()),
        CaseState::Carried => ("tag good", submission.state.label()),
        CaseState::Declined | CaseState::Reviewed => ("tag crit", submission.state.label()),
        CaseState::Draft | CaseState::Withdrawn => ("tag", submission.state.label()),
    };
    let since = match (submission.decided_at, submission.submitted_at) {
        (Some(at), _) if submission.state == CaseState::Withdrawn => {
            format!("withdrawn {}", show_date(at.date_naive()))
        }
        (Some(at), _) => format!("decided {}", show_date(at.date_naive())),
        (None, Some(at)) => format!("submitted {}", show_date(at.date_naive())),
        (None, None) => format!("started {}", show_date(submission.created_at.date_naive())),
    };
    // How it ended stands beside it already.
    let is_over = submission.state.is_final();
    let turn = (!is_over).then(|| view! { <span class="sub">{submission.turn.sentence.clone()} "."</span> });
    let waiting = submission.review.as_ref().map(|review| match review.days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    });
    let with = match (submission.review.clone(), submission.state) {
        (Some(_), _) if submission.turn.is_asked => "You".into_any(),
        (Some(review), _) => with(review),
        (None, CaseState::Draft) => "You".into_any(),
        (None, _) => "Nobody".into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <a class="title" href=format!("/submissions/{}", submission.reference)>
                    {format!("{}, revision {}", submission.integration, submission.number)}
                </a>
                <span class="sub">{format!("{} · {since}", submission.reference)}</span>
                {turn}
            </th>
            <td data-label="Status"><span class=tag>{status}</span></td>
            <td data-label="With">{with}</td>
            <td data-label="Next date">{next_date(submission.review)}</td>
            <td class="num" data-label="Waiting">{waiting.unwrap_or_else(|| "–".to_owned())}</td>
        </tr>
    }
}

/// The boards that are still at work, and the partner where it has something to do.
fn with(review: Review) -> AnyView {
    let boards = review.boards.into_iter().map(|(board, name)| view! { <Monogram board name /> " " });
    let own = match (review.is_revising, review.is_objected) {
        (true, _) => Some("You write the next revision"),
        (false, true) => Some("You can answer by a revision"),
        (false, false) => None,
    };
    let own = own.map(|words| view! { <span class="sub">{words}</span> });
    view! { <span>{boards.collect_view()} {own}</span> }.into_any()
}

/// When something happens next: the day by which the boards likely decide, and the day on which they have to.
fn next_date(review: Option<Review>) -> AnyView {
    let Some(Review { likely_by, deadline: Some(deadline), is_overdue, .. }) = review else {
        return "None".into_any();
    };
    let (closes, what) =
        if is_overdue { (deadline.ends_at(), "Extended to") } else { (deadline.closes_at(), "Ballots close") };
    let closes = show_date(closes.date_naive());
    let (date, what) = match likely_by {
        Some(day) => (format!("Likely by {}", show_date(day)), format!("{what} {closes}")),
        None => (closes, what.to_owned()),
    };
    view! { <span>{date} <span class="sub">{what}</span></span> }.into_any()
}
