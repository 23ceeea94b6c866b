//! `/api/v1/integrations/{integration}/versions`

use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::SecondsFormat;
use kwanus_domain::{
    manifest::{self, SecurityFix, VersionFile},
    partner::Slug,
};
use kwanus_service::{
    account::{ProgramRequest, Reply},
    manifest::{RecordedBy, SendVersion, VersionRow, list_own, send},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    bearer::ByToken,
    document::text,
    idempotency::{answer, key},
    lint::is_json,
    refused::{RefusedToRead, RefusedToSend},
    submit::read,
};
use crate::http::{
    Shared,
    problem::{Problem, ProblemFile, refuse},
};

/// A version of a manifest on record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Version)]
pub(super) struct VersionDocument {
    /// The version, after semver: `1.4.0`.
    version: String,
    /// When it was recorded (RFC 3339).
    recorded_at: String,
    /// The submission with whose approval it was recorded; nothing where the partner recorded it.
    submission: Option<String>,
    /// What changed from the version before, in a sentence.
    changes: String,
    /// The permissions, by key, of which it asked for less than was granted: those grants are wider than it needs.
    unneeded: Vec<String>,
    /// What it mends, if it is a security fix.
    security_fix: Option<String>,
    /// The SHA-256 of the manifest as it is given out, in hexadecimal.
    sha256: String,
}

/// Versions on record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Versions)]
pub(super) struct VersionsDocument {
    /// Up to 25 of them, the newest first.
    versions: Vec<VersionDocument>,
    /// What to send as `after` for those before them; nothing where there are none.
    next: Option<String>,
}

impl From<&VersionRow> for VersionDocument {
    fn from(row: &VersionRow) -> Self {
        let submission = match &row.recorded_by {
            RecordedBy::Decision(case) => Some(case.to_string()),
            RecordedBy::Person(_) | RecordedBy::Program(_) => None,
        };
        Self {
            version: row.version.to_string(),
            recorded_at: row.recorded_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            submission,
            changes: row.changes.clone(),
            unneeded: row.unneeded.iter().map(ToString::to_string).collect(),
            security_fix: row.security_fix.as_ref().map(ToString::to_string),
            sha256: row.sha256.clone(),
        }
    }
}

/// Record a version
///
/// Records a version of the manifest of one of the partner's integrations, where nothing is left to vote on: it is newer
/// than the last, nothing in it is forbidden, and it asks for no permission that is not granted. In Maintenance and
/// Deprecation it is a patch that adds nothing; in Deprecation it is a security fix besides. What is only missing for a
/// review stands in nobody's way. A permission that is named by its key alone is the one that is granted; what is said of
/// its fields, its retention, its end, its purpose, its consent and its deletion is within what was approved.
///
/// A problem of what the manifest says has the members `faults` and `findings` of `/api/v1/lint`, up to 50 of each, whose
/// pointers lead into the manifest, and `untold` says how many more there are; nothing is recorded then. A version that is on
/// record and declares the same is answered with 200.
///
/// With an `Idempotency-Key`, the same request sent again with the same token gets the same answer, for 24 hours at least:
/// whether it was recorded, or read and refused (409, 422). What holds a key is told at `POST /api/v1/submissions`. A
/// `security_fix` that is not of its form (422) holds none either: mend it, and send it with the same.
#[utoipa::path(
    post,
    path = "/api/v1/integrations/{integration}/versions",
    operation_id = "record_version",
    tag = "versions",
    security(("token" = ["submissions:write"])),
    params(
        ("integration" = String, Path, description = "The integration's name in URLs: `client-timeline`."),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 200, pattern = "^[!-~]+$",
            description = "A name for this request, as for `/api/v1/submissions`."),
    ),
    request_body(
        content = VersionFile,
        content_type = "application/json",
        description = "The manifest, of at most 256 KiB.",
    ),
    responses(
        RefusedToSend,
        (status = 200, description = "It was on record before.",
            body = VersionDocument, content_type = "application/json",
            headers(("Idempotency-Replayed" = String, description = "`true` where this was answered before."))),
        (status = 201, description = "It is recorded.", body = VersionDocument, content_type = "application/json",
            headers(("Idempotency-Replayed" = String, description = "`true` where this was answered before."))),
        (status = 409, description = "The boards have approved nothing yet, or support has ended: `detail` says which.",
            body = ProblemFile, content_type = "application/problem+json",
            headers(("Idempotency-Replayed" = String, description = "`true` where this was answered before."))),
        (status = 422, description = "The version is not recorded: `faults` and `findings`, or `detail`, say why. Or the `Idempotency-Key` is that of another request.",
            body = ProblemFile, content_type = "application/problem+json",
            headers(("Idempotency-Replayed" = String, description = "`true` where this was answered before."))),
    )
)]
pub(in crate::http) async fn record_version(
    State(shared): State<Shared>,
    ByToken(caller): ByToken,
    Path(integration): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    if !is_json(&headers) {
        return Err(Problem::MediaType);
    }
    let key = key(&headers)?;
    // What is no name in URLs is nobody's.
    let integration = Slug::parse(&integration).map_err(|_| Problem::Absent)?;
    let VersionFile { manifest, security_fix } = read(&body, manifest::parse_version)?;
    let security_fix = security_fix.as_deref().map(SecurityFix::parse_optional).transpose();
    let security_fix = security_fix.map_err(|violation| Problem::Invalid(violation.message.into_owned()))?.flatten();
    let input = SendVersion {
        integration: &integration,
        manifest: &manifest,
        security_fix: security_fix.as_ref(),
        request: ProgramRequest { key: key.as_ref(), body: &body, refuse },
        answer: |row, is_new| {
            let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
            Reply { status: status.as_u16(), text: text(&VersionDocument::from(row)) }
        },
    };
    Ok(answer(send(&shared.state.db, &caller, &input).await?))
}

/// List the versions
///
/// The versions on record of the manifest of one of the partner's integrations, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/integrations/{integration}/versions",
    operation_id = "versions",
    tag = "versions",
    security(("token" = ["submissions:read"])),
    params(
        ("integration" = String, Path, description = "The integration's name in URLs: `client-timeline`."),
        ("after" = Option<String>, Query, pattern = "^[0-9]{1,18}$",
            description = "The `next` of the answer before. The query holds nothing else."),
    ),
    responses(
        (status = 200, description = "The versions.", body = VersionsDocument, content_type = "application/json"),
        (status = 400, description = "The query cannot be read.",
            body = ProblemFile, content_type = "application/problem+json"),
        RefusedToRead,
        (status = 404, description = "The partner has no such integration.",
            body = ProblemFile, content_type = "application/problem+json"),
    )
)]
pub(in crate::http) async fn versions(
    State(shared): State<Shared>,
    ByToken(caller): ByToken,
    Path(integration): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let integration = Slug::parse(&integration).map_err(|_| Problem::Absent)?;
    let page = list_own(&shared.state.db, &caller, &integration, after(&query)?).await?;
    let document = VersionsDocument {
        versions: page.rows.iter().map(VersionDocument::from).collect(),
        next: page.next.map(|number| number.to_string()),
    };
    Ok(([(header::CONTENT_TYPE, "application/json")], text(&document)).into_response())
}

/// Where the page begins, if the query says so, once, and nothing else.
fn after(query: &[(String, String)]) -> Result<Option<i64>, Problem> {
    match query {
        [] => Ok(None),
        [(name, number)] if name == "after" => {
            let malformed = Problem::Malformed("`after` is the `next` of an answer before".to_owned());
            let is_number = (1..=18).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { number.parse().map(Some).map_err(|_| malformed) } else { Err(malformed) }
        }
        _ => Err(Problem::Malformed("the query holds nothing but `after`, once".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_one_place_or_nothing() {
        let read = |query: &[(&str, &str)]| {
            let query: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            after(&query).ok()
        };
        assert_eq!(read(&[]), Some(None));
        assert_eq!(read(&[("after", "7")]), Some(Some(7)));
        for query in [
            &[("after", "")][..],
            &[("after", "x")],
            &[("after", "-7")],
            &[("after", "+7")],
            &[("after", "9999999999999999999")],
            &[("before", "7")],
            &[("after", "7"), ("after", "7")],
        ] {
            assert_eq!(read(query), None, "{query:?}");
        }
    }
}
