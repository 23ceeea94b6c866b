//! `/api/v1/rules`

use axum::{extract::State, http::HeaderMap, response::Response};
use kwanus_domain::policy::RulesFile;
use kwanus_service::permission;

use super::document::document;
use crate::http::{Shared, problem::Problem};

/// The rules and the catalogue
///
/// What manifests are linted with: the rule book of this site, and its catalogue as it is now. The command line reads this
/// document: `kwanus-governance lint manifest.json --tier 2 --rules rules.json`.
#[utoipa::path(
    get,
    path = "/api/v1/rules",
    operation_id = "rules",
    tag = "manifests",
    responses(
        (status = 200, description = "The rules and the catalogue.", body = RulesFile,
            headers(("ETag" = String, description = "Send it back as `If-None-Match`: 304 says that nothing is new."))),
        (status = 304, description = "They are still those of the `ETag` that you sent."),
    )
)]
pub(in crate::http) async fn rules(State(shared): State<Shared>, headers: HeaderMap) -> Result<Response, Problem> {
    let policy = permission::policy(&shared.state.db).await?;
    Ok(document("application/json", &RulesFile::of(&policy.catalogue), &headers))
}
