//! `/api/v1/schema/manifest.json`

use axum::{http::HeaderMap, response::Response};
use kwanus_domain::manifest;

use super::document::document;

/// The JSON Schema of manifests
///
/// JSON Schema 2020-12. What it accepts can be read; what the rules say of it is another question, which linting answers. A
/// manifest may name it in `$schema`, for editors.
#[utoipa::path(
    get,
    path = "/api/v1/schema/manifest.json",
    operation_id = "manifestSchema",
    tag = "manifests",
    responses(
        (status = 200, description = "The schema.", body = Object, content_type = "application/schema+json",
            headers(("ETag" = String, description = "Send it back as `If-None-Match`: 304 says that nothing is new."))),
        (status = 304, description = "It is still that of the `ETag` that you sent."),
    )
)]
pub(in crate::http) async fn schema(headers: HeaderMap) -> Response {
    document("application/schema+json", &manifest::schema(), &headers)
}
