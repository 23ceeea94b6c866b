//! Versions of a manifest: recorded, and not voted on.

use chrono::Duration;
use reqwest::Response;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    api::{header, json as read, problem},
    app::{PASSWORD, TestApp, Visitor, location, on_both},
    catalogue::changed,
    review::approve,
    submission::submitted,
    token::{create, refusal, with_token},
};

const ORBIT: &str = "partner@orbit-crm.demo.example";
const HELIO: &str = "partner@helio-health.demo.example";
const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";
const VERSIONS: &str = "/partners/orbit-crm/client-timeline/versions";
const NEW: &str = "/partners/orbit-crm/client-timeline/versions/new";
const API: &str = "/api/v1/integrations/client-timeline/versions";

/// Orbit CRM's user, once the boards have approved what its timeline declares, as version 1.0.0.
async fn approved(app: &TestApp) -> Visitor {
    let partner = submitted(app).await;
    approve(app, "sco", "1", &["1", "2", "3"]).await;
    approve(app, "tsc", "1", &["1", "2", "3"]).await;
    partner
}

/// The manifest of the timeline as an extension bears it.
fn manifest(version: &str) -> Value {
    json!({
        "id": "example.orbit.timeline", "name": "Client Timeline", "version": version, "entry": "dist/index.js",
        "permissions": ["read:items.status"],
        "api": { "endpoints": [{ "path": "GET /v4/health", "rate_per_minute": 60 }] },
        "workflows": [{ "name": "Add a note", "kind": "enhanced" }],
        "extension": { "components": [{ "name": "Timeline", "kind": "ui" }] },
    })
}

/// Pastes a manifest into the form; answers where that leads.
async fn record(visitor: &Visitor, manifest: &Value, fix: &str) -> String {
    let text = manifest.to_string();
    let (path, typed) =
        ([("partner", "orbit-crm"), ("integration", "client-timeline")], [("manifest", &*text), ("security_fix", fix)]);
    let fields = [&path[..], &typed[..]].concat();
    location(&visitor.post("/do/record_manifest", &fields).await)
}

async fn set_stage(app: &TestApp, stage: &str) {
    let mut tx = app.db.write().await.unwrap();
    let query = tx.query("UPDATE integration SET stage = $1 WHERE slug = 'client-timeline'").bind(stage);
    assert_eq!(query.execute().await.unwrap(), 1);
    tx.commit().await.unwrap();
}

/// How many versions the log knows of.
async fn recorded(app: &TestApp) -> usize {
    app.log().await.iter().filter(|event| event.kind == "manifest_recorded").count()
}

#[tokio::test]
async fn a_version_with_unchanged_permissions_is_recorded_and_no_case_is_opened() {
    on_both(async |app| {
        let partner = approved(app).await;
        let page = partner.page(INTEGRATION).await;
        assert!(page.contains("<code>1.0.0</code>") && page.contains("The first version on record."), "{page}");
        assert!(page.contains(&format!("href=\"{NEW}\"")), "{page}");
        let mut next = manifest("1.1.0");
        next["api"]["endpoints"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "path": "GET /v4/notes", "permissions": ["read:items.status"], "rate_per_minute": 10 }));
        assert_eq!(record(&partner, &next, "").await, VERSIONS);
        let page = partner.page(VERSIONS).await;
        assert!(page.contains("1.1.0 is recorded.") && page.contains("Endpoint: GET /v4/notes"), "{page}");
        let (newer, older) = (page.find("<code>1.1.0</code>"), page.find("<code>1.0.0</code>"));
        assert!(newer.is_some() && newer < older, "the newest first: {page}");
        let log = app.log().await;
        assert_eq!((&*log[0].kind, &*log[0].actor_kind), ("manifest_recorded", "person"));
        assert_eq!(log[0].details.0["version"], "1.1.0");

        let file = partner.get(&format!("{VERSIONS}/1.1.0/manifest.json")).await;
        let name = "attachment; filename=\"client-timeline-1.1.0-manifest.json\"";
        assert_eq!(header(&file, "content-disposition"), name);
        let text = file.text().await.unwrap();
        assert_eq!(log[0].details.0["sha256"], format!("{:x}", Sha256::digest(&text)));
        let file: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(file["api"]["endpoints"][1]["path"], "GET /v4/notes");

        let member = app.signed_in("sco-1@demo.example").await;
        assert!(member.page("/docket").await.contains("No case needs your position"));
        assert_eq!(member.get("/cases/PJ-2026-0002").await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn the_same_version_is_recorded_once() {
    on_both(async |app| {
        let partner = approved(app).await;
        assert_eq!(record(&partner, &manifest("1.1.0"), "").await, VERSIONS);
        assert_eq!(record(&partner, &manifest("1.1.0"), "").await, VERSIONS);
        let page = partner.page(VERSIONS).await;
        assert!(page.contains("1.1.0 was recorded before"), "{page}");
        let mut other = manifest("1.1.0");
        other["entry"] = "dist/main.js".into();
        assert_eq!(record(&partner, &other, "").await, NEW);
        let page = partner.page(NEW).await;
        assert!(page.contains("/version: 1.1.0 is recorded with another content"), "{page}");
        assert!(page.contains("dist/main.js") && page.contains("href=\"#manifest\""), "it is kept: {page}");
        assert_eq!(record(&partner, &manifest("1.0.9"), "").await, NEW);
        let page = partner.page(NEW).await;
        assert!(page.contains("/version: 1.0.9 is not newer than 1.1.0"), "{page}");
        assert_eq!(recorded(app).await, 2, "that which was approved, and one");
    })
    .await;
}

#[tokio::test]
async fn a_permission_that_is_added_or_widened_is_refused_by_name_and_what_was_pasted_is_kept() {
    on_both(async |app| {
        let partner = approved(app).await;
        let mut wider = manifest("1.1.0");
        wider["description"] = "<script>alert(1)</script>".into();
        wider["permissions"] = json!([
            { "key": "read:items.status", "retention_hours": 48, "until": "2027-04-01", "purpose": "To sell it" },
            "read:items.type",
            "read:items",
        ]);
        assert_eq!(record(&partner, &wider, "").await, NEW);
        let page = partner.page(NEW).await;
        for says in [
            "There are 5 problems",
            "/permissions/0: read:items.status is granted with another answer to “What will you use it for?”",
            "/permissions/0: read:items.status is granted with 24 hours of retention, and this asks for 48",
            "/permissions/0: read:items.status is granted until Wed 31 Mar 2027, and this asks for longer",
            "/permissions/1: read:items.type is not granted: submit a permission justification for it",
            "/permissions/2: ",
            "(PartnerIntegrationSpec\u{a0}§6)",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("<script>alert"), "inert");
        assert_eq!(record(&partner, &json!({ "permisions": [] }), "").await, NEW);
        assert!(partner.page(NEW).await.contains("/permisions: unknown field"));
        assert_eq!(recorded(app).await, 1);

        // What asks for less is recorded, and said so.
        let mut narrower = manifest("1.1.0");
        narrower["permissions"] = json!([{ "key": "read:items.status", "retention_hours": 1 }]);
        assert_eq!(record(&partner, &narrower, "").await, VERSIONS);
        let page = partner.page(VERSIONS).await;
        assert!(page.contains("It asks for less than is granted of read:items.status"), "{page}");
        assert!(page.contains("It asked for less than was granted of read:items.status."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn each_stage_takes_what_it_leaves_open_and_no_more() {
    on_both(async |app| {
        let partner = approved(app).await;
        set_stage(app, "maintenance").await;
        let mut endpoint = manifest("1.0.1");
        endpoint["api"]["endpoints"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "path": "GET /v4/notes", "permissions": ["read:items.status"], "rate_per_minute": 10 }));
        for (refused, says) in [
            (manifest("1.1.0"), "/version: In Maintenance only patches are recorded"),
            (endpoint, "/api/endpoints/1: Take out GET /v4/notes: in Maintenance nothing is added"),
        ] {
            assert_eq!(record(&partner, &refused, "").await, NEW, "{says}");
            let page = partner.page(NEW).await;
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(record(&partner, &manifest("1.0.1"), "").await, VERSIONS);

        set_stage(app, "deprecation").await;
        assert_eq!(record(&partner, &manifest("1.0.2"), "").await, NEW);
        let page = partner.page(NEW).await;
        assert!(page.contains("In Deprecation only security fixes are recorded: say what it mends"), "{page}");
        assert!(page.contains("href=\"#security_fix\"") && page.contains("1.0.2"), "{page}");
        assert_eq!(record(&partner, &manifest("1.1.0"), "A hole in the parser").await, NEW);
        assert!(partner.page(NEW).await.contains("In Deprecation only patches are recorded"));
        assert_eq!(record(&partner, &manifest("1.0.2"), "A hole in the <b>parser</b>").await, VERSIONS);
        let page = partner.page(VERSIONS).await;
        assert!(page.contains("Security fix") && page.contains("A hole in the &lt;b&gt;parser&lt;/b&gt;"), "{page}");

        set_stage(app, "end_of_support").await;
        assert_eq!(record(&partner, &manifest("1.0.3"), "Another hole").await, NEW);
        let page = partner.page(NEW).await;
        assert!(page.contains("The support of this integration has ended"), "{page}");
        assert!(page.contains("What you wrote was not sent") && page.contains("Another hole"), "{page}");
        assert!(!page.contains("/do/record_manifest"), "{page}");
        assert_eq!(recorded(app).await, 3);
    })
    .await;
}

#[tokio::test]
async fn what_is_retired_or_tightened_stands_in_no_way_of_a_grant_that_runs_on() {
    on_both(async |app| {
        let partner = approved(app).await;
        assert_eq!(record(&partner, &manifest("1.0.1"), "").await, VERSIONS);
        changed(app, &[("what", "limits"), ("months_1", "1"), ("months_2", "1"), ("months_3", "1")]).await;
        changed(app, &[("what", "retire"), ("key", "read:items.status")]).await;
        assert_eq!(record(&partner, &manifest("1.0.1"), "").await, VERSIONS);
        assert!(partner.page(VERSIONS).await.contains("1.0.1 was recorded before"));
        set_stage(app, "deprecation").await;
        let mut fix = manifest("1.0.2");
        fix["permissions"] = json!([{ "key": "read:items.status", "until": "2027-03-31" }]);
        assert_eq!(record(&partner, &fix, "A hole in the parser").await, VERSIONS);
        let page = partner.page(VERSIONS).await;
        assert!(page.contains("1.0.2 is recorded."), "{page}");
        assert!(page.contains("Changed “read:items.status”."), "it was in the version before: {page}");
        let mut retired = manifest("1.0.3");
        retired["permissions"] = json!(["read:items.status", "read:items.type"]);
        assert_eq!(record(&partner, &retired, "Another hole").await, NEW);
        assert!(partner.page(NEW).await.contains("/permissions/1: read:items.type is not granted"));
        assert_eq!(recorded(app).await, 3);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_recorded_before_the_boards_have_approved_anything() {
    on_both(async |app| {
        let partner = app.signed_in(ORBIT).await;
        assert!(partner.page(INTEGRATION).await.contains("No version is recorded yet"));
        assert!(partner.page(VERSIONS).await.contains("No version is recorded yet"));
        let says = "The boards have approved nothing of this integration: submit a permission justification first";
        assert!(partner.page(NEW).await.contains(says));
        assert_eq!(record(&partner, &manifest("1.0.0"), "").await, NEW);
        let page = partner.page(NEW).await;
        assert!(page.contains(says) && page.contains("example.orbit.timeline"), "{page}");
        assert_eq!(recorded(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_boards_read_the_history_and_another_partner_finds_nothing() {
    on_both(async |app| {
        let partner = approved(app).await;
        record(&partner, &manifest("1.1.0"), "").await;
        assert!(partner.page(VERSIONS).await.contains("href=\"/submissions/PJ-2026-0001\""));
        let file = format!("{VERSIONS}/1.1.0/manifest.json");
        for email in ["sco-1@demo.example", "admin@demo.example", "auditor@demo.example"] {
            let reader = app.signed_in(email).await;
            let page = reader.page(VERSIONS).await;
            assert!(page.contains("<code>1.1.0</code>") && page.contains("href=\"/cases/PJ-2026-0001\""), "{page}");
            assert!(!page.contains(NEW) && !reader.page(INTEGRATION).await.contains(NEW), "{email}");
            assert_eq!(reader.get(&file).await.status(), 200);
            assert_eq!(reader.get(NEW).await.status(), 404, "{email}");
        }
        let other = app.signed_in(HELIO).await;
        for path in [VERSIONS, NEW, &file] {
            assert_eq!(other.get(path).await.status(), 404, "{path}");
        }
        let fields = [("partner", "orbit-crm"), ("integration", "client-timeline"), ("manifest", "{}")];
        for email in [HELIO, "sco-1@demo.example", "admin@demo.example"] {
            let visitor = app.signed_in(email).await;
            assert_eq!(visitor.post("/do/record_manifest", &fields).await.status(), 404, "{email}");
        }
        for version in ["9.9.9", "x", "1.1.0%2Bb", "%00"] {
            let file = partner.get(&format!("{VERSIONS}/{version}/manifest.json")).await;
            assert!(matches!(file.status().as_u16(), 400 | 404), "{version}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_history_is_read_page_by_page() {
    on_both(async |app| {
        let partner = approved(app).await;
        for n in 1..=26 {
            assert_eq!(record(&partner, &manifest(&format!("1.0.{n}")), "").await, VERSIONS);
        }
        let first = partner.page(VERSIONS).await;
        assert!(first.contains("<code>1.0.26</code>") && !first.contains("<code>1.0.1</code>"), "{first}");
        assert!(first.contains(&format!("href=\"{VERSIONS}?after=3\"")), "{first}");
        let next = partner.page(&format!("{VERSIONS}?after=3")).await;
        assert!(next.contains("<code>1.0.1</code>") && next.contains("<code>1.0.0</code>"), "{next}");
        assert!(!next.contains("Next page") && next.contains("First page"), "{next}");
        for after in ["", "-1", "0", "x", "9999999999999999999", "%00", "3&after=4"] {
            assert_eq!(partner.get(&format!("{VERSIONS}?after={after}")).await.status(), 200, "{after}");
        }
        let newest = partner.page(INTEGRATION).await;
        assert!(newest.contains("<code>1.0.24</code>") && !newest.contains("<code>1.0.23</code>"), "{newest}");
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_while_a_manifest_is_pasted_loses_nothing() {
    on_both(async |app| {
        let partner = approved(app).await;
        app.clock.advance(Duration::hours(2));
        assert_eq!(record(&partner, &manifest("1.1.0"), "A hole").await, format!("/sign-in?next={NEW}"));
        let credentials = [("email", ORBIT), ("password", PASSWORD), ("next", NEW)];
        assert_eq!(location(&partner.post("/do/sign_in", &credentials).await), NEW);
        let page = partner.page(NEW).await;
        assert!(page.contains("You were signed out") && page.contains("example.orbit.timeline"), "{page}");
        assert!(page.contains("\nA hole"), "{page}");
        assert_eq!(recorded(app).await, 1);
    })
    .await;
}

async fn send(visitor: &Visitor, token: &str, path: &str, key: Option<&str>, body: &Value) -> Response {
    let request = visitor.client.post(format!("{}{path}", visitor.base)).bearer_auth(token);
    let request = match key {
        Some(key) => request.header("idempotency-key", key),
        None => request,
    };
    request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap()
}

async fn look(visitor: &Visitor, token: &str, path: &str) -> Response {
    visitor.client.get(format!("{}{path}", visitor.base)).bearer_auth(token).send().await.unwrap()
}

#[tokio::test]
async fn a_program_records_versions_and_lists_them() {
    on_both(async |app| {
        let partner = approved(app).await;
        let (visitor, token) = with_token(app, ORBIT).await;
        let reads = create(&visitor, &["read"], "2027-02-01").await;
        let program = app.visitor_from("192.0.2.9");
        let body = |version: &str| json!({ "manifest": manifest(version) });
        assert_eq!(problem(send(&program, &reads, API, None, &body("1.1.0")).await).await, 403);
        let response = send(&program, &token, API, None, &body("1.1.0")).await;
        assert_eq!(response.status(), 201);
        let version = read(response).await;
        assert_eq!((&version["version"], &version["submission"]), (&"1.1.0".into(), &Value::Null), "{version}");
        let again = send(&program, &token, API, None, &body("1.1.0")).await;
        assert_eq!((again.status().as_u16(), read(again).await), (200, version.clone()));
        let log = app.log().await;
        assert_eq!((&*log[0].kind, &*log[0].actor_kind), ("manifest_recorded", "token"));
        assert_eq!(log[0].details.0["sha256"], version["sha256"]);
        assert!(partner.page(VERSIONS).await.contains("by a program"));

        let list = read(look(&program, &reads, API).await).await;
        let versions = list["versions"].as_array().unwrap();
        let numbers: Vec<_> = versions.iter().map(|version| version["version"].as_str().unwrap()).collect();
        assert_eq!((&numbers[..], &list["next"]), (&["1.1.0", "1.0.0"][..], &Value::Null), "{list}");
        assert_eq!(versions[1]["submission"], "PJ-2026-0001");
        let rest = read(look(&program, &reads, &format!("{API}?after=2")).await).await;
        assert_eq!(rest["versions"].as_array().map(Vec::len), Some(1), "{rest}");
        assert_eq!(problem(look(&program, &reads, &format!("{API}?before=2")).await).await, 400);

        let (_, helio) = with_token(app, HELIO).await;
        assert_eq!(problem(send(&program, &helio, API, None, &body("1.2.0")).await).await, 404);
        assert_eq!(problem(look(&program, &helio, API).await).await, 404);
        let own = "/api/v1/integrations/claims-reader/versions";
        assert_eq!(problem(send(&program, &helio, own, None, &body("1.2.0")).await).await, 409, "nothing is approved");
    })
    .await;
}

#[tokio::test]
async fn a_request_of_one_name_records_once() {
    on_both(async |app| {
        approved(app).await;
        let (_, token) = with_token(app, ORBIT).await;
        let program = app.visitor_from("192.0.2.9");
        let body = json!({ "manifest": manifest("1.1.0") });
        let tries = (0..4).map(|_| {
            let (program, token, body) = (program.clone(), token.clone(), body.clone());
            tokio::spawn(async move {
                let response = send(&program, &token, API, Some("build-7"), &body).await;
                assert_eq!(response.status(), 201);
                (header(&response, "idempotency-replayed"), response.text().await.unwrap())
            })
        });
        let mut answers = Vec::new();
        for each in tries.collect::<Vec<_>>() {
            answers.push(each.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|(replayed, _)| replayed.is_empty()).count(), 1);
        assert!(answers.iter().all(|(_, text)| *text == answers[0].1), "{answers:?}");
        assert_eq!(recorded(app).await, 2);
        let other = json!({ "manifest": manifest("1.2.0") });
        assert_eq!(problem(send(&program, &token, API, Some("build-7"), &other).await).await, 422, "the name is taken");
        // At another address it is another request.
        let elsewhere = "/api/v1/integrations/another/versions";
        assert_eq!(problem(send(&program, &token, elsewhere, Some("build-7"), &body).await).await, 422);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_recorded_is_told_to_a_program_by_its_place() {
    on_both(async |app| {
        approved(app).await;
        let (_, token) = with_token(app, ORBIT).await;
        let program = app.visitor_from("192.0.2.9");
        let mut wider = json!({ "manifest": manifest("1.1.0") });
        wider["manifest"]["permissions"] = json!(["read:items.status", "read:items.type", "read:items"]);
        let refused = read(send(&program, &token, API, Some("build-7"), &wider).await).await;
        assert_eq!(refused["status"], 422, "{refused}");
        assert_eq!(refused["faults"][0]["pointer"], "/permissions/1");
        assert!(refused["faults"][0]["message"].as_str().unwrap().contains("read:items.type is not granted"));
        let findings = refused["findings"].as_array().unwrap();
        assert_eq!((findings.len(), &findings[0]["rule"]), (1, &"PIS-6.broad".into()), "nothing that is only missing");
        let misspelt = json!({ "manifest": { "permisions": [] } });
        let refused = read(send(&program, &token, API, None, &misspelt).await).await;
        assert_eq!((&refused["status"], &refused["faults"][0]["pointer"]), (&422.into(), &"/permisions".into()));
        assert_eq!(problem(send(&program, &token, API, None, &json!({})).await).await, 400);
        set_stage(app, "deprecation").await;
        let mut fix = json!({ "manifest": manifest("1.0.1") });
        let refused = read(send(&program, &token, API, None, &fix).await).await;
        assert!(refused["detail"].as_str().unwrap().contains("only security fixes are recorded"), "{refused}");
        fix["security_fix"] = "A hole in the parser".into();
        let version = read(send(&program, &token, API, Some("build-8"), &fix).await).await;
        assert_eq!(version["security_fix"], "A hole in the parser", "{version}");
        set_stage(app, "end_of_support").await;
        fix["manifest"]["version"] = "1.0.2".into();
        assert_eq!(problem(send(&program, &token, API, None, &fix).await).await, 409);
        assert_eq!(recorded(app).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_version_that_is_refused_is_refused_again_under_its_name() {
    on_both(async |app| {
        approved(app).await;
        let (_, token) = with_token(app, ORBIT).await;
        let program = app.visitor_from("192.0.2.9");
        let body = json!({ "manifest": manifest("1.0.1") });
        let mut wider = body.clone();
        wider["manifest"]["permissions"] = json!(["read:items.type"]);
        for (key, stage, sent, status) in [
            ("build-7", "active", &wider, 422),
            ("build-8", "deprecation", &body, 422),
            ("build-9", "end_of_support", &body, 409),
        ] {
            set_stage(app, stage).await;
            let (refused, is_again) = refusal(send(&program, &token, API, Some(key), sent).await).await;
            assert_eq!((&refused["status"], is_again), (&status.into(), false), "{refused}");
            set_stage(app, "active").await;
            assert_eq!(refusal(send(&program, &token, API, Some(key), sent).await).await, (refused, true));
            let other = json!({ "manifest": manifest("1.0.2") });
            assert_eq!(problem(send(&program, &token, API, Some(key), &other).await).await, 422, "{key}");
        }
        assert_eq!(recorded(app).await, 1);
        // What is not of its form is not the request yet.
        let mut malformed = body.clone();
        malformed["security_fix"] = "x".repeat(10_000).into();
        let (refused, is_again) = refusal(send(&program, &token, API, Some("build-10"), &malformed).await).await;
        assert_eq!((&refused["status"], is_again), (&422.into(), false), "{refused}");
        assert_eq!(send(&program, &token, API, Some("build-10"), &body).await.status(), 201);
        let again = send(&program, &token, API, Some("build-10"), &body).await;
        assert_eq!((again.status().as_u16(), &*header(&again, "idempotency-replayed")), (201, "true"));
    })
    .await;
}
