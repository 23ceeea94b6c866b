//! `/api/v1/lint`

use axum::{
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use kwanus_domain::partner::Tier;
use kwanus_service::permission;

use crate::{
    http::{
        Shared,
        problem::{Problem, ProblemFile},
    },
    lint::{self, Report},
};

/// Lint a manifest
///
/// Reads a manifest against the rules and the catalogue of this site, names the versions of both, and keeps nothing of it.
/// The answer is what `kwanus-governance lint --format json` prints. Whatever is sent as JSON is answered with 200: what
/// cannot be read as a manifest is a fault at its place, and `may_submit` says whether it could be submitted, as far as the
/// manifest alone tells.
#[utoipa::path(
    post,
    path = "/api/v1/lint",
    operation_id = "lint",
    tag = "manifests",
    params(
        ("tier" = i64, Query, minimum = 1, maximum = 3,
            description = "The tier of the partner. The query holds nothing else."),
    ),
    request_body(
        content = serde_json::Value,
        content_type = "application/json",
        description = "A manifest, of at most 256 KiB: `/api/v1/schema/manifest.json` is its schema.",
    ),
    responses(
        (status = 200, description = "What was found.", body = Report),
        (status = 400, description = "The query is not a tier.",
            body = ProblemFile, content_type = "application/problem+json"),
        (status = 413, description = "The manifest is too large.",
            body = ProblemFile, content_type = "application/problem+json"),
        (status = 415, description = "What was sent does not say that it is JSON.",
            body = ProblemFile, content_type = "application/problem+json"),
    )
)]
pub(in crate::http) async fn lint(
    State(shared): State<Shared>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    manifest: Bytes,
) -> Result<Response, Problem> {
    if !is_json(&headers) {
        return Err(Problem::MediaType);
    }
    let tier = tier(&query).ok_or(Problem::Tier)?;
    let policy = permission::policy(&shared.state.db).await?;
    let found = lint::lint(&manifest, tier, &policy.catalogue, shared.environment.now().date_naive());
    let report = Report::of(&found, tier, &policy.catalogue).to_json();
    Ok(([(header::CONTENT_TYPE, "application/json")], report).into_response())
}

pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// The tier, if the query says one, once, and nothing else.
fn tier(query: &[(String, String)]) -> Option<Tier> {
    let [(name, number)] = query else { return None };
    Tier::ALL.into_iter().find(|tier| name == "tier" && *number == tier.number().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_one_tier_and_nothing_else() {
        let read = |query: &[(&str, &str)]| {
            tier(&query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
        };
        assert_eq!(read(&[("tier", "2")]), Some(Tier::Two));
        for query in [
            &[][..],
            &[("tier", "")],
            &[("tier", "4")],
            &[("tier", "01")],
            &[("tier", "+1")],
            &[("tire", "1")],
            &[("tier", "1"), ("tier", "1")],
            &[("tier", "1"), ("rules", "none")],
        ] {
            assert_eq!(read(query), None, "{query:?}");
        }
    }

    #[test]
    fn json_is_what_says_so() {
        for (kind, is) in [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("text/json", false),
            ("application/jsonp", false),
        ] {
            assert_eq!(is_json(&HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().unwrap())])), is, "{kind}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
