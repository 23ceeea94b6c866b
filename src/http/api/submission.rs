//! `/api/v1/submissions/{ref}`

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, SecondsFormat, Utc};
use kwanus_domain::{ballot::Progress, case::CaseRef, policy::Finding};
use kwanus_service::submission::{self, BoardState, Submission};
use serde::Serialize;
use utoipa::ToSchema;

use super::{bearer::ByToken, document::text, refused::RefusedToRead};
use crate::http::{
    Shared,
    problem::{Problem, ProblemFile},
};

/// A submission, as its partner knows it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Submission)]
pub(super) struct SubmissionDocument {
    /// How it is called: `PJ-2026-0042`.
    reference: String,
    /// How far it is: `draft`, `open`, `carried` or `declined`.
    state: &'static str,
    /// Which revision of what the integration declares.
    revision: i64,
    /// The integration's name in URLs.
    integration: String,
    /// When the boards got it (RFC 3339).
    submitted_at: Option<String>,
    /// When it was decided (RFC 3339).
    decided_at: Option<String>,
    /// The boards that have it.
    boards: Vec<BoardDocument>,
    /// The permissions that it declares, by key.
    permissions: Vec<String>,
    /// What the rules found in it as it was submitted, or find in a draft now.
    findings: Vec<FoundDocument>,
}

/// A board, and how far it is. Who took which position is not told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Board)]
struct BoardDocument {
    /// Its short name: `tsc`.
    board: String,
    /// What it is to the case: `decides`, `advises` or `informed`.
    part: &'static str,
    /// How its ballot stands: `in_progress`, `carried`, `held` by an objection, `declined`, or `ended_short`.
    state: &'static str,
}

/// Something that a rule found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Finding)]
struct FoundDocument {
    /// In what: the key of a permission, or a part of the declaration.
    about: String,
    /// The id of the rule.
    rule: &'static str,
    /// What it means: `forbidden`, `missing`, `restricted` or `advice`.
    verdict: String,
    /// Where the rule comes from.
    citation: String,
    /// What is wrong and how to mend it, in one sentence without a full stop.
    message: String,
}

impl BoardDocument {
    fn of(board: &BoardState, is_open: bool) -> Self {
        let state = match board.progress {
            Progress::Carries => "carried",
            Progress::Held => "held",
            Progress::Lost => "declined",
            Progress::Open | Progress::Short if is_open => "in_progress",
            Progress::Open | Progress::Short => "ended_short",
        };
        Self { board: board.board.to_string(), part: board.part.as_str(), state }
    }
}

impl FoundDocument {
    fn of(about: &str, finding: &Finding) -> Self {
        Self {
            about: about.to_owned(),
            rule: finding.rule.id,
            verdict: finding.verdict().label().to_lowercase(),
            citation: finding.citation(),
            message: finding.message.clone(),
        }
    }
}

impl From<&Submission> for SubmissionDocument {
    fn from(submission: &Submission) -> Self {
        let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let is_open = !submission.state.is_final();
        let of_permissions = submission.permissions.iter().flat_map(|each| {
            each.findings.iter().map(|finding| FoundDocument::of(each.permission.key.as_str(), finding))
        });
        let of_parts =
            submission.findings.iter().map(|finding| FoundDocument::of(&finding.place.part.to_string(), finding));
        Self {
            reference: submission.reference.to_string(),
            state: submission.state.as_str(),
            revision: submission.number,
            integration: submission.slug.to_string(),
            submitted_at: submission.submitted_at.map(instant),
            decided_at: submission.decided_at.map(instant),
            boards: submission.boards.iter().map(|board| BoardDocument::of(board, is_open)).collect(),
            permissions: submission.permissions.iter().map(|each| each.permission.key.to_string()).collect(),
            findings: of_permissions.chain(of_parts).collect(),
        }
    }
}

/// As it is written.
pub(super) fn write(submission: &Submission) -> String {
    text(&SubmissionDocument::from(submission))
}

/// Look at a submission
///
/// How far it is, of the partner whose user's token is borne. Another partner's is not there.
#[utoipa::path(
    get,
    path = "/api/v1/submissions/{ref}",
    operation_id = "submission",
    tag = "submissions",
    security(("token" = ["submissions:read"])),
    params(("ref" = String, Path, description = "Its reference: `PJ-2026-0042`.")),
    responses(
        (status = 200, description = "The submission.", body = SubmissionDocument, content_type = "application/json"),
        RefusedToRead,
        (status = 404, description = "The partner has no submission of that reference.",
            body = ProblemFile, content_type = "application/problem+json"),
    )
)]
pub(in crate::http) async fn submission(
    State(shared): State<Shared>,
    ByToken(caller): ByToken,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    let reference = CaseRef::parse(&reference).ok_or(Problem::Absent)?;
    let submission = submission::lookup(&shared.state.db, &caller, reference).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], write(&submission)).into_response())
}
