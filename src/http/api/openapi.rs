//! `/api/openapi.json`: the API as a description for programs.

use axum::{http::HeaderMap, response::Response};
use kwanus_domain::manifest;
use serde_json::{Value, json};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Header, HeaderBuilder, Object, RefOr, Type,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};

use super::{
    document::{document, text},
    refused::problem,
};
use crate::http::problem::ProblemFile;

/// The description. To add an operation, describe its handler with `#[utoipa::path]`, name it in `paths`, and add its line
/// to the table of routes: a test compares the two.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "KWANUS Governance",
        description = "What partners need before they declare an integration, for everybody: the rules, the form of a manifest, and a linter. What submits bears a token, which a partner's user creates at `/account`. Errors are problem documents (RFC 9457)."
    ),
    paths(
        super::rules::rules,
        super::schema::schema,
        super::lint::lint,
        super::submit::submit,
        super::submission::submission,
        super::version::record_version,
        super::version::versions,
        describe,
    ),
    components(schemas(ProblemFile)),
    modifiers(&Everywhere, &Tokens),
    tags(
        (name = "manifests", description = "What an integration declares, as a file."),
        (name = "submissions", description = "What the boards decide on."),
        (name = "versions", description = "The manifests of an integration that are on record."),
        (name = "description", description = "What this API offers.")
    )
)]
struct Api;

/// What every operation can answer, and every answer carries.
struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let operations = openapi.paths.paths.values_mut().flat_map(|path| [&mut path.get, &mut path.post]);
        for operation in operations.flatten() {
            let responses = &mut operation.responses.responses;
            for (status, description) in [
                ("429", "You ask too often. `Retry-After` says how many seconds to wait."),
                ("500", "The fault is ours."),
                ("504", "The answer took too long and was given up."),
            ] {
                responses.insert(status.to_owned(), problem(description).into());
            }
            for response in responses.values_mut() {
                let RefOr::T(response) = response else { continue };
                for (name, description) in [
                    ("RateLimit-Limit", "How many requests may come at once."),
                    ("RateLimit-Remaining", "How many of them are left."),
                    ("RateLimit-Reset", "The seconds until all of them may come again."),
                ] {
                    response.headers.insert(name.to_owned(), RefOr::T(number(description)));
                }
            }
        }
    }
}

/// How a program says for whom it acts.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let mut bearer = Http::new(HttpAuthScheme::Bearer);
        bearer.description = Some(
            "A token of a partner's user, created and revoked at `/account`: `Authorization: Bearer kwanus_…`."
                .to_owned(),
        );
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

fn number(description: &str) -> Header {
    HeaderBuilder::new().schema(Some(Object::with_type(Type::Integer))).description(Some(description)).build()
}

/// The description. What a manifest is stands in it as it does in the schema that is published: no derive knows all of that.
fn description() -> Value {
    let mut description = json!(Api::openapi());
    for (name, part) in manifest::components() {
        description["components"]["schemas"][name] = part;
    }
    description
}

/// The description of the API, as text.
pub fn openapi() -> String {
    text(&description())
}

/// This description
///
/// OpenAPI 3.1. `kwanus-governance openapi` prints the same.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    operation_id = "openapi",
    tag = "description",
    responses(
        (status = 200, description = "The description.", body = Object, content_type = "application/json",
            headers(("ETag" = String, description = "Send it back as `If-None-Match`: 304 says that nothing is new."))),
        (status = 304, description = "It is still that of the `ETag` that you sent."),
    )
)]
pub(in crate::http) async fn describe(headers: HeaderMap) -> Response {
    document("application/json", &description(), &headers)
}
