//! What happened to a case.

use chrono::Datelike;
use kwanus_domain::{
    audit::{AuditEventId, EventKind},
    ballot::{ConcernState, Stance},
    board::BoardKey,
};
use kwanus_service::{Page, case::Occurrence};
use leptos::prelude::*;

use super::ballots::rung_tone;
use crate::ui::{Glyph, Monogram, Pager, PositionGlyph};

/// The newest first, a page of them.
#[component]
pub(super) fn History(page: Page<Occurrence, AuditEventId>, path: String, is_later: bool) -> impl IntoView {
    let rows = page.rows.into_iter().map(occurrence).collect_view();
    let next = page.next.map(|id| id.to_string());
    view! {
        <section class="section" aria-labelledby="h-history">
            <div class="section-head"><h2 id="h-history">"Timeline"</h2></div>
            <ol class="timeline">{rows}</ol>
            <Pager path is_later next />
        </section>
    }
}

fn occurrence(what: Occurrence) -> impl IntoView {
    let when = format!("{} {} {}, {}", what.at.day(), what.at.format("%b"), what.at.year(), what.at.format("%H:%M"));
    let who = what.who.clone().unwrap_or_else(|| {
        let is_review = matches!(what.kind, EventKind::TransitionProposed | EventKind::SuspensionProposed);
        if what.is_reopened {
            "Its reopening".to_owned()
        } else if what.kind == EventKind::ReviewRevised {
            "Another decision".to_owned()
        } else if what.kind == EventKind::ConcernClosed {
            "Two thirds of the board".to_owned()
        } else if what.kind == EventKind::BallotServed {
            "The board with the final word".to_owned()
        } else if is_review {
            "A review".to_owned()
        } else {
            "Time".to_owned()
        }
    });
    let mark = match what.stance {
        Some(stance) => {
            let tone = match stance {
                Stance::Approve | Stance::ApproveWithConditions => "tone-pos",
                Stance::Object => "tone-crit",
                Stance::Abstain | Stance::Recuse => "quiet",
                Stance::Recommend(rung) => rung_tone(Some(rung)),
            };
            view! { <PositionGlyph glyph=Glyph::from(stance) tone /> }.into_any()
        }
        None => view! { <span class="dot"></span> }.into_any(),
    };
    let said = said(&what);
    // Who answers a board does not speak for it.
    let board = what
        .board
        .filter(|_| !matches!(what.kind, EventKind::RequestAnswered | EventKind::ConditionSupplied))
        .map(|board| view! { <Monogram board /> " " });
    let reason = what.reason.map(|reason| view! { ": " <q class="typed">{reason.to_string()}</q> });
    view! {
        <li>
            <time datetime=what.at.format("%Y-%m-%dT%H:%MZ").to_string()>{when}</time>
            {mark}
            <span>{board} <strong>{who}</strong> {said} {reason}</span>
            <span class="entry"></span>
        </li>
    }
}

/// What somebody did, after their name.
fn said(what: &Occurrence) -> String {
    let concern = what.concern.as_ref().map(|(number, name)| format!("concern {number}, “{name}”")).unwrap_or_default();
    let condition = what.condition.map(|number| format!("condition {number}")).unwrap_or_default();
    let requests = listed(&what.requests);
    let asked_by = what.board.as_ref().map(kwanus_domain::board::BoardKey::monogram).unwrap_or_default();
    match (what.kind, what.stance) {
        (EventKind::PositionTaken, Some(stance)) => match what.before {
            Some(before) if before != stance => {
                format!(" changed from {} to {}", before.label().to_lowercase(), stance.label().to_lowercase())
            }
            Some(_) => format!(" {} again, with another reason", stance.verb()),
            None => format!(" {}", stance.verb()),
        },
        (EventKind::PositionRecorded, Some(stance)) => {
            let member = what.member.as_ref().map(ToString::to_string).unwrap_or_default();
            format!(" recorded at a meeting that {member} {}", stance.verb())
        }
        (EventKind::CaseDeferred, _) => " deferred it to its next meeting; its date stays".to_owned(),
        (EventKind::Submitted, _) => {
            let answers = if requests.is_empty() { String::new() } else { format!(" and it answers {requests}") };
            format!(" submitted revision {}; the ballots opened{answers}", what.revision.unwrap_or_default())
        }
        (EventKind::AppealMade, _) => " appealed; the ballots opened".to_owned(),
        (EventKind::ReopeningProposed, _) => " proposed to reopen it".to_owned(),
        (EventKind::CaseReopened, _) => " confirmed that it is reopened; a case opened in its place".to_owned(),
        (EventKind::RevisitSet, _) => " set when the boards look at it again".to_owned(),
        (EventKind::RevisitDue, _) => " came to the day on which the boards look at it again".to_owned(),
        (EventKind::SubmissionWithdrawn | EventKind::AppealWithdrawn, _) => {
            " withdrew it; the boards stopped".to_owned()
        }
        (EventKind::ChangesRequested, _) => format!(" asked for a change, {requests}"),
        (EventKind::RequestAnswered, _) => format!(" answered {requests} of {asked_by}"),
        (EventKind::RequestReplied, _) => format!(" replied in {requests}"),
        (EventKind::RequestResolved, _) => format!(" resolved {requests}"),
        (EventKind::ConcernReplied, _) => format!(" replied to {concern}"),
        (EventKind::ConcernDisputed, _) => format!(" would overrule {concern}"),
        (EventKind::ConcernClosed, _) => match what.concern_state {
            Some(ConcernState::Resolved) => format!(" resolved {concern}"),
            Some(ConcernState::Dropped) => format!(" dropped {concern} by taking another position"),
            _ => format!(" overruled {concern}"),
        },
        (EventKind::BallotClosed, _) => " closed its ballot".to_owned(),
        (EventKind::BallotServed, _) => {
            let few = what.serves.iter().map(BoardKey::monogram).collect::<Vec<_>>().join(", ");
            format!(" decides for {few} too, of which fewer than two may take part")
        }
        (EventKind::ReviewRevised, _) => " changed what is reviewed; it is asked again".to_owned(),
        (EventKind::ReviewOpened, _) => " has come to review it; the ballots opened".to_owned(),
        (EventKind::SuspendedAtOnce, _) => " suspended it at once; the ballot opened".to_owned(),
        (EventKind::TransitionProposed | EventKind::SuspensionProposed, _) => {
            " proposed it; the ballots opened".to_owned()
        }
        (EventKind::ConditionSupplied, _) => format!(" supplied evidence for {condition}"),
        (EventKind::ConditionReturned, _) => format!(" returned the evidence for {condition}"),
        (EventKind::ConditionAccepted, _) => format!(" accepted {condition} as met"),
        (EventKind::ConditionOverdue, _) => format!(" ran out for {condition}"),
        (EventKind::ConditionSuspended, _) => format!(" suspended the grants of the case for {condition}"),
        (EventKind::ConditionRestored, _) => " restored the grants of the case by that".to_owned(),
        (EventKind::Decided, _) => {
            let outcome = what.outcome.map_or("", kwanus_domain::ballot::Outcome::label).to_lowercase();
            if what.who.is_some() {
                format!(" brought the decision about: {outcome}")
            } else {
                format!(" ran out: {outcome}")
            }
        }
        _ => String::new(),
    }
}

/// `request 1`, `requests 1, 2`
fn listed(requests: &[i64]) -> String {
    let numbers = requests.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match requests.len() {
        0 => String::new(),
        1 => format!("request {numbers}"),
        _ => format!("requests {numbers}"),
    }
}
