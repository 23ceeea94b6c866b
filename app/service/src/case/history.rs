//! What happened to a case, as the log says.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonName,
    audit::{AuditEventId, EventKind, Subject},
    ballot::{ConcernState, Outcome, Reason, Stance},
    board::BoardKey,
};
use kwanus_store::{Tx, audit, ballot, case::CaseRow};

use crate::{Page, Result};

/// How much of its history a page of a case shows.
const PAGE: u8 = 50;

/// Something that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
    /// Who did it, if a person.
    pub who: Option<String>,
    /// For which board, if for one.
    pub board: Option<BoardKey>,
    /// Which stance, where one was taken.
    pub stance: Option<Stance>,
    /// Which stance it changed.
    pub before: Option<Stance>,
    /// Why, where that was said.
    pub reason: Option<Reason>,
    /// Of which revision it speaks.
    pub revision: Option<i64>,
    /// How it was decided, if it was.
    pub outcome: Option<Outcome>,
    /// The numbers of the requests that it speaks of.
    pub requests: Vec<i64>,
    /// The concern that it speaks of, by number and name.
    pub concern: Option<(i64, String)>,
    /// What became of that.
    pub concern_state: Option<ConcernState>,
    /// The number of the condition that it speaks of.
    pub condition: Option<i64>,
    /// The boards for which another serves.
    pub serves: Vec<BoardKey>,
    /// Whether it came before the boards in the place of a case that was declined.
    pub is_reopened: bool,
    /// The member for whom a position was recorded at a meeting.
    pub member: Option<PersonName>,
}

/// What happened to a case after `after` on its pages, without what its partner did before it was submitted.
pub(super) async fn history(
    tx: &mut Tx,
    case: &CaseRow,
    after: Option<AuditEventId>,
) -> Result<Page<Occurrence, AuditEventId>> {
    let rows = audit::list_of_subject(tx, Subject::Case(case.id), after, PAGE + 1).await?;
    let page = Page::of(rows, PAGE, |row| row.id);
    let said = ballot::list_positions(tx, &[case.id]).await?;
    let is_told = |kind| {
        matches!(
            kind,
            EventKind::Submitted
                | EventKind::SubmissionWithdrawn
                | EventKind::AppealMade
                | EventKind::AppealWithdrawn
                | EventKind::ReopeningProposed
                | EventKind::CaseReopened
                | EventKind::RevisitSet
                | EventKind::RevisitDue
                | EventKind::TransitionProposed
                | EventKind::SuspensionProposed
                | EventKind::SuspendedAtOnce
                | EventKind::ReviewOpened
                | EventKind::ReviewRevised
                | EventKind::PositionTaken
                | EventKind::PositionRecorded
                | EventKind::CaseDeferred
                | EventKind::ChangesRequested
                | EventKind::RequestAnswered
                | EventKind::RequestReplied
                | EventKind::RequestResolved
                | EventKind::ConcernReplied
                | EventKind::ConcernDisputed
                | EventKind::ConcernClosed
                | EventKind::BallotServed
                | EventKind::BallotClosed
                | EventKind::Decided
                | EventKind::ConditionSupplied
                | EventKind::ConditionAccepted
                | EventKind::ConditionReturned
                | EventKind::ConditionOverdue
                | EventKind::ConditionSuspended
                | EventKind::ConditionRestored
        )
    };
    let occurrences = page.rows.into_iter().filter(|row| is_told(row.kind)).map(|row| {
        let text = |name: &str| row.details.0.get(name).and_then(|value| value.as_str());
        let details = &row.details.0;
        let number = details.get("number").and_then(serde_json::Value::as_i64);
        let answers = details.get("answers").and_then(serde_json::Value::as_array);
        let answers = answers.into_iter().flatten().filter_map(serde_json::Value::as_i64);
        let position = text("position").and_then(|id| said.iter().find(|position| position.id.to_string() == id));
        Occurrence {
            at: row.occurred_at,
            kind: row.kind,
            board: text("board").and_then(|board| BoardKey::parse(board).ok()),
            stance: text("stance").and_then(Stance::from_word),
            before: text("before").and_then(Stance::from_word),
            reason: match row.kind {
                EventKind::SubmissionWithdrawn
                | EventKind::AppealWithdrawn
                | EventKind::ReopeningProposed
                | EventKind::RevisitSet
                | EventKind::BallotClosed
                | EventKind::CaseDeferred
                | EventKind::ConcernDisputed => text("reason").and_then(|reason| Reason::parse(reason).ok()),
                _ => position.and_then(|position| position.reason.clone()),
            },
            revision: row.details.0.get("revision").and_then(serde_json::Value::as_i64),
            concern: number.zip(text("concern").map(str::to_owned)),
            concern_state: text("state").and_then(ConcernState::from_word),
            condition: details.get("condition").and_then(serde_json::Value::as_i64),
            serves: details
                .get("for")
                .and_then(serde_json::Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|board| board.as_str().and_then(|board| BoardKey::parse(board).ok()))
                .collect(),
            // What was declared comes before them without its partner.
            is_reopened: details.get("reopens").is_some()
                || (row.kind == EventKind::Submitted && row.actor_name.is_none()),
            member: position.filter(|position| position.minuted.is_some()).map(|position| position.name.clone()),
            requests: number.into_iter().chain(answers).collect(),
            outcome: text("outcome").and_then(Outcome::from_word),
            who: row.actor_name,
        }
    });
    Ok(Page { rows: occurrences.collect(), next: page.next })
}

/// Whether an event is part of what the boards say among themselves and to the partner.
pub(super) const fn is_discussion(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::PositionTaken
            | EventKind::PositionRecorded
            | EventKind::CaseDeferred
            | EventKind::ChangesRequested
            | EventKind::RequestAnswered
            | EventKind::RequestReplied
            | EventKind::RequestResolved
            | EventKind::ConcernReplied
            | EventKind::ConcernDisputed
            | EventKind::ConcernClosed
    )
}
