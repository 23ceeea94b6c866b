//! The API for everybody: the rules, the schema of manifests, linting, and its own description.

use std::collections::BTreeSet;

use chrono::Duration;
use kwanus_domain::{
    manifest,
    partner::Tier,
    permission::Catalogue,
    policy::{RULES_VERSION, RulesFile},
};
use kwanus_governance::{
    http::{openapi, routes},
    lint::{Report, lint},
};
use reqwest::Response;
use serde_json::Value;

use crate::{
    app::{Visitor, on_both},
    catalogue::{RETITLED, changed},
};

const MANIFEST: &str = r#"{
    "id": "org.example.timeline", "name": "Timeline", "version": "1.4.0", "description": "Shows debts",
    "permissions": ["read:items.status", "read:items"], "entry": "dist/index.js",
    "compatibility": { "kwanus": ">=4.2, <6" }
}"#;

async fn post(visitor: &Visitor, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> Response {
    let request = visitor.client.post(format!("{}{path}", visitor.base)).header("content-type", kind);
    request.body(body).send().await.unwrap()
}

pub fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

pub async fn json(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn the_rules_are_published_with_the_catalogue_as_it_is_now() {
    on_both(async |app| {
        let visitor = app.visitor();
        let response = visitor.get("/api/v1/rules").await;
        let tag = header(&response, "etag");
        let (catalogue, other) = RulesFile::read(&response.text().await.unwrap()).unwrap();
        assert_eq!((catalogue, other), (Catalogue::built_in().unwrap(), None));

        changed(app, &RETITLED).await;
        let response = visitor.get("/api/v1/rules").await;
        assert_ne!(header(&response, "etag"), tag);
        let text = response.text().await.unwrap();
        let (catalogue, _) = RulesFile::read(&text).unwrap();
        assert!(catalogue.version == 2 && text.contains("Something else"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_document_that_is_known_already_is_not_sent_again() {
    on_both(async |app| {
        let visitor = app.visitor();
        for path in ["/api/v1/rules", "/api/v1/schema/manifest.json", "/api/openapi.json"] {
            let first = visitor.get(path).await;
            assert_eq!(first.status(), 200, "{path}");
            let tag = header(&first, "etag");
            assert!(tag.starts_with("W/\"") && header(&first, "set-cookie").is_empty(), "{path}: {tag}");
            for (known, status) in
                [(tag.clone(), 304), (format!("\"other\", {tag}"), 304), ("*".into(), 304), ("\"other\"".into(), 200)]
            {
                let request = visitor.client.get(format!("{}{path}", visitor.base)).header("if-none-match", &known);
                let response = request.send().await.unwrap();
                assert_eq!(response.status(), status, "{path}: {known}");
                assert_eq!(header(&response, "etag"), tag);
                assert_eq!(header(&response, "cache-control"), "public, max-age=300");
                assert_eq!(response.text().await.unwrap().is_empty(), status == 304, "{path}: {known}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_manifest_is_linted_as_on_the_command_line() {
    on_both(async |app| {
        let visitor = app.visitor();
        let catalogue = Catalogue::built_in().unwrap();
        let today = app.now().date_naive();
        for tier in Tier::ALL {
            for body in [MANIFEST, "{}", r#"{ "permisions": [] }"#, "no JSON at all", "", "7"] {
                let path = format!("/api/v1/lint?tier={}", tier.number());
                let response = post(&visitor, &path, "application/json; charset=utf-8", body).await;
                assert_eq!(
                    (response.status().as_u16(), &*header(&response, "content-type")),
                    (200, "application/json")
                );
                let report = Report::of(&lint(body.as_bytes(), tier, &catalogue, today), tier, &catalogue).to_json();
                assert_eq!(response.text().await.unwrap(), report, "{body}");
            }
        }
        let report = json(post(&visitor, "/api/v1/lint?tier=2", "application/json", MANIFEST).await).await;
        assert_eq!(report["findings"][0]["rule"], "PIS-6.broad");
        assert_eq!(report["findings"][0]["pointer"], "/permissions/1");
        assert_eq!(report["may_submit"], false);
        assert_eq!((&report["rules_version"], &report["catalogue_version"]), (&RULES_VERSION.into(), &1.into()));
        let listed = r#"{ "api": [null, true, true, []] }"#;
        let listed = json(post(&visitor, "/api/v1/lint?tier=2", "application/json", listed).await).await;
        assert_eq!(listed["faults"][0]["pointer"], "/api");
        let unknown = r#"{ "workflows": [{ "name": "a" }, { "versoin": "1" }] }"#;
        let report = json(post(&visitor, "/api/v1/lint?tier=2", "application/json", unknown).await).await;
        assert_eq!(report["faults"][0]["pointer"], "/workflows/1/versoin");
        assert!(report["faults"][0]["message"].as_str().unwrap().contains("`versoin`"), "{report}");
        let report = json(post(&visitor, "/api/v1/lint?tier=2", "application/json", vec![b'{', 0xff]).await).await;
        assert!(report["faults"][0]["message"].as_str().unwrap().contains("UTF-8"), "{report}");
        changed(app, &RETITLED).await;
        let report = json(post(&visitor, "/api/v1/lint?tier=2", "application/json", MANIFEST).await).await;
        assert_eq!(report["catalogue_version"], 2, "the catalogue of today is read");
    })
    .await;
}

#[tokio::test]
async fn the_schema_of_manifests_is_published() {
    on_both(async |app| {
        let response = app.visitor().get("/api/v1/schema/manifest.json").await;
        assert_eq!(header(&response, "content-type"), "application/schema+json");
        let schema = json(response).await;
        assert_eq!(schema, manifest::schema());
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["properties"]["permissions"]["items"]["$ref"], "#/$defs/PermissionFile");
        assert_eq!(schema["$defs"]["PermissionFile"]["oneOf"][0]["type"], "string");
        let words = ["ui", "export", "processor", "automation"];
        assert_eq!(schema["$defs"]["ComponentFile"]["properties"]["kind"]["enum"], serde_json::json!(words));
        assert_eq!(schema["$defs"]["ComponentFile"]["additionalProperties"], false);
    })
    .await;
}

/// The status of a problem, whose document says the same.
pub async fn problem(response: Response) -> u16 {
    let (status, id) = (response.status(), header(&response, "x-request-id"));
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    assert_eq!(header(&response, "cache-control"), "no-store");
    let problem = json(response).await;
    assert_eq!((&problem["type"], &problem["status"]), (&"about:blank".into(), &status.as_u16().into()), "{problem}");
    assert_eq!((&problem["title"], &problem["request_id"]), (&status.canonical_reason().into(), &id.into()));
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.ends_with('.')), "{problem}");
    status.as_u16()
}

#[tokio::test]
async fn what_is_refused_is_a_problem_with_the_reference_of_the_request() {
    on_both(async |app| {
        let visitor = app.visitor();
        for path in ["/api/", "/api/v1", "/api/v1/rules/", "/api/v2/lint"] {
            assert_eq!(problem(visitor.get(path).await).await, 404, "{path}");
        }
        let (wrong, right) =
            (visitor.get("/api/v1/lint").await, post(&visitor, "/api/v1/rules", "text/plain", "").await);
        assert_eq!((header(&wrong, "allow"), header(&right, "allow")), ("POST".into(), "GET,HEAD".into()));
        assert_eq!((problem(wrong).await, problem(right).await), (405, 405));
        for query in ["", "?tier=", "?tier=4", "?tier=one", "?tier=1&tier=1", "?tier=1&rules=none", "?tier=%ff"] {
            let response = post(&visitor, &format!("/api/v1/lint{query}"), "application/json", MANIFEST).await;
            assert_eq!(problem(response).await, 400, "{query}");
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
            assert_eq!(problem(post(&visitor, "/api/v1/lint?tier=1", kind, MANIFEST).await).await, 415, "{kind}");
        }
        let large = vec![b' '; 256 * 1024 + 1];
        assert_eq!(problem(post(&visitor, "/api/v1/lint?tier=1", "application/json", large).await).await, 413);
        let largest = vec![b' '; 256 * 1024];
        assert_eq!(post(&visitor, "/api/v1/lint?tier=1", "application/json", largest).await.status(), 200);
    })
    .await;
}

#[tokio::test]
async fn a_failure_of_ours_tells_nothing_of_its_cause() {
    on_both(async |app| {
        let mut tx = app.db.write().await.unwrap();
        tx.query("ALTER TABLE catalogue_version RENAME TO catalogue_gone").execute().await.unwrap();
        tx.commit().await.unwrap();
        let visitor = app.visitor();
        assert_eq!(problem(visitor.get("/api/v1/rules").await).await, 500);
        assert_eq!(problem(post(&visitor, "/api/v1/lint?tier=1", "application/json", MANIFEST).await).await, 500);
        assert!(!visitor.page("/api/v1/rules").await.contains("catalogue_version"));
    })
    .await;
}

#[tokio::test]
async fn who_asks_too_often_waits_and_nobody_else_does() {
    on_both(async |app| {
        let visitor = app.visitor_from("192.0.2.77");
        for left in (0..60).rev() {
            let response = visitor.get(if left % 2 == 0 { "/api/openapi.json" } else { "/api/v1/nothing" }).await;
            assert!(matches!(response.status().as_u16(), 200 | 404), "{left}");
            assert_eq!(header(&response, "ratelimit-limit"), "60");
            assert_eq!(header(&response, "ratelimit-remaining"), left.to_string());
            assert_eq!(header(&response, "ratelimit-reset"), (60 - left).to_string());
        }
        let response = visitor.get("/api/openapi.json").await;
        assert_eq!(
            (header(&response, "retry-after"), header(&response, "ratelimit-remaining")),
            ("1".into(), "0".into())
        );
        assert_eq!(problem(response).await, 429);
        assert_eq!(visitor.get("/healthz").await.status(), 200, "the limit is that of the API");
        assert_eq!(app.visitor_from("192.0.2.78").get("/api/openapi.json").await.status(), 200);
        app.clock.advance(Duration::seconds(1));
        assert_eq!(visitor.get("/api/openapi.json").await.status(), 200);
        assert_eq!(visitor.get("/api/openapi.json").await.status(), 429);
    })
    .await;
}

#[tokio::test]
async fn any_program_may_ask_wherever_it_runs_and_no_session_is_read() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        for (name, value) in
            [("origin", "https://ci.example"), ("sec-fetch-site", "cross-site"), ("host", "ci.example")]
        {
            let request = visitor.client.post(format!("{}/api/v1/lint?tier=1", visitor.base)).header(name, value);
            let response = request.header("content-type", "application/json").body("{}").send().await.unwrap();
            assert_eq!(response.status(), 200, "{name}");
            let said = header(&response, "set-cookie") + &header(&response, "access-control-allow-origin");
            assert!(said.is_empty(), "{said}");
        }
    })
    .await;
}

#[test]
fn the_description_names_every_route_of_the_api_and_no_other() {
    let description: Value = serde_json::from_str(&openapi()).unwrap();
    assert_eq!(description["openapi"], "3.1.0");
    let mut described = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            described.insert((method.to_uppercase(), path.clone()));
            assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{operation}");
            assert!(operation["summary"].is_string() && operation["description"].is_string(), "{operation}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(["429", "500", "504"].iter().all(|status| responses.contains_key(*status)), "{operation}");
            assert!(responses.keys().any(|status| status.starts_with('2')), "{operation}");
            let needs_token = ["/api/v1/submissions", "/api/v1/integrations"].iter().any(|at| path.starts_with(at));
            assert_eq!(operation["security"][0]["token"].is_array(), needs_token, "{operation}");
            for (status, response) in responses {
                assert!(response["headers"]["RateLimit-Remaining"].is_object(), "{path} {status}");
                let is_problem = response["content"]["application/problem+json"].is_object();
                assert_eq!(is_problem, status.as_str() >= "400", "{path} {status}");
            }
        }
    }
    let registered: BTreeSet<_> = routes()
        .into_iter()
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| (route.method.to_owned(), route.path))
        .collect();
    assert_eq!(described, registered);

    let text = description.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(description.pointer(pointer).is_some(), "{pointer}");
    }
    assert_eq!(description["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert_eq!(description["components"]["schemas"]["Problem"]["properties"]["status"]["type"], "integer");
}

#[test]
fn the_description_lists_the_words_that_are_answered_and_the_fields_of_a_manifest() {
    let description: Value = serde_json::from_str(&openapi()).unwrap();
    let schemas = &description["components"]["schemas"];
    let verdicts = &["forbidden", "missing", "restricted", "advice"][..];
    for (schema, property, words) in [
        ("Submission", "state", &["draft", "open", "carried", "declined", "withdrawn"][..]),
        ("Board", "part", &["decides", "advises", "informed"]),
        ("Board", "state", &["in_progress", "carried", "held", "declined", "ended_short"]),
        ("Finding", "verdict", verdicts),
        ("FindingReport", "verdict", verdicts),
        ("RuleFile", "verdict", verdicts),
        ("EntryFile", "layer", &["api", "workflow", "extension"]),
    ] {
        let property = &schemas[schema]["properties"][property];
        assert!(property["description"].is_string(), "{schema}: {property}");
        let reference = property["$ref"].as_str().unwrap_or_else(|| panic!("{schema}: {property}"));
        let listed = description.pointer(reference.trim_start_matches('#')).unwrap();
        assert_eq!((&listed["type"], &listed["enum"]), (&"string".into(), &serde_json::json!(words)), "{schema}");
    }
    let required = schemas["Submission"]["required"].as_array().unwrap();
    assert!(required.contains(&"turn".into()) && !required.contains(&"decided_at".into()), "{required:?}");
    assert!(schemas["Finding"]["required"].as_array().unwrap().contains(&"pointer".into()));

    // It is the schema that is published, whose parts are found elsewhere.
    for sent in ["SubmissionFile", "VersionFile"] {
        assert_eq!(schemas[sent]["properties"]["manifest"]["$ref"], "#/components/schemas/ManifestFile", "{sent}");
    }
    let mut published = manifest::schema();
    let parts = published["$defs"].take();
    let here = |schema: &Value| schema.to_string().replace("#/$defs/", "#/components/schemas/");
    assert_eq!(schemas["ManifestFile"]["properties"].to_string(), here(&published["properties"]));
    for (name, part) in parts.as_object().unwrap() {
        assert_eq!(schemas[name].to_string(), here(part), "{name}");
    }
}
