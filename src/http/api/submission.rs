//! `/api/v1/submissions/{ref}`

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, SecondsFormat, Utc};
use kwanus_domain::{
    ballot::{self, Progress},
    case::{CaseRef, CaseState},
    declaration::{Declaration, Part},
    manifest, one_of,
    policy::{Finding, Place, Verdict},
};
use kwanus_service::submission::{self, BoardState, Submission};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

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
    /// How far it is.
    state: SubmissionState,
    /// Whose turn it is, and by when, in one sentence for people, without a full stop.
    turn: String,
    /// Which revision of what the integration declares.
    revision: i64,
    /// The integration's name in URLs.
    integration: String,
    /// When the boards got it (RFC 3339).
    submitted_at: Option<String>,
    /// When it was decided, or withdrawn (RFC 3339).
    decided_at: Option<String>,
    /// The boards that have it.
    boards: Vec<BoardDocument>,
    /// The permissions that it declares, by key.
    permissions: Vec<String>,
    /// What the rules found in it as it was submitted, or find in a draft now.
    findings: Vec<FoundDocument>,
}

/// The state of a submission, which is a case and no review: it never ends `reviewed`.
#[derive(Debug, Serialize)]
struct SubmissionState(CaseState);

impl PartialSchema for SubmissionState {
    fn schema() -> RefOr<Schema> {
        let states = CaseState::ALL.iter().filter(|state| **state != CaseState::Reviewed);
        one_of(states.map(|state| state.as_str()))
    }
}

impl ToSchema for SubmissionState {}

/// A board, and how far it is. Who took which position is not told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Board)]
struct BoardDocument {
    /// Its short name: `tsc`.
    board: String,
    /// What it is to the case.
    part: ballot::Part,
    /// How its ballot stands: `held` is by an objection; what `ended_short` is over, and was not carried.
    state: BallotState,
}

/// How a board's ballot stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum BallotState {
    InProgress,
    Carried,
    Held,
    Declined,
    EndedShort,
}

/// Something that a rule found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Finding)]
struct FoundDocument {
    /// In what: the key of a permission, or a part of the declaration.
    about: String,
    /// Where in the manifest of the submission, as it can be exported, as a JSON pointer (RFC 6901). What is missing has the
    /// place where it belongs.
    pointer: String,
    /// The id of the rule.
    rule: &'static str,
    /// What it means.
    #[schema(value_type = Verdict)]
    verdict: String,
    /// Where the rule comes from.
    citation: String,
    /// What is wrong and how to mend it, in one sentence without a full stop.
    message: String,
}

impl BoardDocument {
    fn of(board: &BoardState, is_open: bool) -> Self {
        let state = match board.progress {
            Progress::Carries => BallotState::Carried,
            Progress::Held => BallotState::Held,
            Progress::Lost => BallotState::Declined,
            Progress::Open | Progress::Short if is_open => BallotState::InProgress,
            Progress::Open | Progress::Short => BallotState::EndedShort,
        };
        Self { board: board.board.to_string(), part: board.part, state }
    }
}

impl FoundDocument {
    /// What was found in that part of a declaration. A finding that was kept does not know which of the permissions it is of.
    fn of(about: String, part: Part, finding: &Finding, declaration: &Declaration) -> Self {
        let place = Place { part, ..finding.place };
        Self {
            about,
            pointer: manifest::pointer(finding.rule, place, declaration),
            rule: finding.rule.id,
            verdict: finding.verdict().word(),
            citation: finding.citation(),
            message: finding.message.clone(),
        }
    }
}

impl From<&Submission> for SubmissionDocument {
    fn from(submission: &Submission) -> Self {
        let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let is_open = !submission.state.is_final();
        let declaration = &submission.declaration;
        let of_permissions = submission.permissions.iter().enumerate().flat_map(|(n, each)| {
            let (part, key) = (Part::Permission(n), &each.permission.key);
            each.findings.iter().map(move |finding| FoundDocument::of(key.to_string(), part, finding, declaration))
        });
        let of_parts = submission.findings.iter().map(|finding| {
            let part = finding.place.part;
            FoundDocument::of(part.to_string(), part, finding, declaration)
        });
        Self {
            reference: submission.reference.to_string(),
            state: SubmissionState(submission.state),
            turn: submission.turn.sentence.clone(),
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
