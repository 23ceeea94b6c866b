//! Tokens: made and revoked by a partner's user, and what a program does by one.

use chrono::Duration;
use kwanus_domain::integration::Layers;
use kwanus_service::{
    Caller,
    account::{disable_person, reset_person},
};
use reqwest::Response;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    api::{header, json as read, problem},
    app::{TestApp, Visitor, location, on_both},
};

const ORBIT: &str = "partner@orbit-crm.demo.example";
const HELIO: &str = "partner@helio-health.demo.example";
const SUBMISSIONS: &str = "/api/v1/submissions";
const CASE: &str = "/api/v1/submissions/PJ-2026-0001";

/// Creates a token on the page, and copies it from there.
pub async fn create(visitor: &Visitor, scopes: &[&str], ends: &str) -> String {
    let fields = [("token_name", "CI <b>x</b>"), ("ends", ends)];
    let fields: Vec<_> = fields.into_iter().chain(scopes.iter().map(|scope| (*scope, "on"))).collect();
    assert_eq!(location(&visitor.post("/do/create_token", &fields).await), "/account");
    secret(&visitor.page("/account").await).expect("it is shown")
}

fn secret(page: &str) -> Option<String> {
    let rest = page.split_once("value=\"kwanus_")?.1;
    Some(format!("kwanus_{}", rest.split('"').next()?))
}

/// A partner's user with a token for everything.
pub async fn with_token(app: &TestApp, email: &str) -> (Visitor, String) {
    let visitor = app.signed_in(email).await;
    let token = create(&visitor, &["read", "write"], "2027-02-01").await;
    (visitor, token)
}

/// Everything that Client Timeline declares.
pub fn body() -> Value {
    json!({ "integration": "client-timeline", "manifest": {
        "id": "example.orbit.timeline", "name": "Client Timeline", "version": "1.0.0",
        "entry": "dist/index.js", "compatibility": { "kwanus": ">=4.2, <6" },
        "permissions": [{
            "key": "read:items.status", "fields": ["items.status"], "purpose": "To show which debts are open",
            "narrower": "There is none", "consent": "Screen 2, every time", "deletion": "With the session; the log shows it",
            "if_refused": "People copy by hand", "retention_hours": 24, "until": "2027-03-31",
        }],
        "api": {
            "contract": "KWANUS API contract 4", "validates_permissions": true, "logs_calls": true,
            "endpoints": [{ "path": "GET /v4/items", "permissions": ["read:items.status"], "rate_per_minute": 60 }],
        },
        "workflows": [{
            "name": "Add a note", "kind": "enhanced", "version": "2.1", "idempotent": "By the note's id",
            "auditable": "A line in the log", "reversible": "The person deletes it", "os_decides": true,
        }],
        "extension": {
            "sandbox": "A frame of its own origin",
            "components": [{ "name": "Timeline", "kind": "ui", "permissions": [] }],
        },
        "compliance": {
            "protection": "TLS 1.3, AES-256", "audit_contact": "audit@orbit-crm.example",
            "accepts_annual_review": true, "tracks": false,
        },
    } })
}

pub async fn send(visitor: &Visitor, token: &str, key: Option<&str>, body: &str) -> Response {
    let request = visitor.client.post(format!("{}{SUBMISSIONS}", visitor.base)).bearer_auth(token);
    let request = match key {
        Some(key) => request.header("idempotency-key", key),
        None => request,
    };
    request.header("content-type", "application/json").body(body.to_owned()).send().await.unwrap()
}

async fn look(visitor: &Visitor, token: &str, path: &str) -> Response {
    visitor.client.get(format!("{}{path}", visitor.base)).bearer_auth(token).send().await.unwrap()
}

#[tokio::test]
async fn a_token_is_shown_once_and_stands_nowhere_else() {
    on_both(async |app| {
        let (visitor, token) = with_token(app, ORBIT).await;
        assert_eq!(token.len(), 50);
        let page = visitor.page("/account").await;
        assert!(!page.contains(&token) && secret(&page).is_none(), "{page}");
        for says in ["CI &lt;b&gt;x&lt;/b&gt;", "submissions:read", "submissions:write", "Mon 1 Feb 2027", "Never"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(look(&visitor, &token, CASE).await.status(), 404);
        assert!(!visitor.page("/account").await.contains("Never"), "it was used");
        let log = app.log().await;
        assert_eq!((&*log[0].kind, &log[0].details.0["name"]), ("token_created", &"CI <b>x</b>".into()));
        assert!(!format!("{log:?}").contains(&token));
        let mut tx = app.db.read().await.unwrap();
        let sessions: Vec<(String,)> = tx.query("SELECT CAST(data AS TEXT) FROM session").all().await.unwrap();
        assert!(!format!("{sessions:?}").contains(&token));
        let kept: Vec<(String, String, Option<String>, Vec<u8>)> =
            tx.query("SELECT name, scopes, form_key, hash FROM api_token").all().await.unwrap();
        assert!(!format!("{kept:?}").contains(&token));
        let hashes: Vec<_> = kept.into_iter().map(|(.., hash)| hash).collect();
        assert_eq!(hashes, [Sha256::digest(&token).to_vec()], "all that is kept of it");
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_creates_one_token_and_shows_it_once() {
    on_both(async |app| {
        let visitor = app.signed_in(ORBIT).await;
        let key = visitor.hidden("/account", "key").await;
        assert!(!key.is_empty() && key != visitor.hidden("/account", "key").await, "each form has its own");
        let send = async |name: &str| {
            let fields = [("key", &*key), ("token_name", name), ("read", "on"), ("ends", "2027-02-01")];
            let answer = visitor.post("/do/create_token", &fields).await;
            assert_eq!(location(&answer), "/account");
            let is_given = format!("{:?}", answer.headers()).contains("issued_token=");
            (is_given, visitor.page("/account").await)
        };
        let (is_given, page) = send("CI").await;
        assert!(is_given && secret(&page).is_some() && page.contains("The token is created."), "{page}");
        let (is_given, page) = send("CI").await;
        assert!(!is_given && secret(&page).is_none(), "no other secret: {page}");
        assert!(page.contains("The token was created already, and a token is shown only once."), "{page}");
        assert_eq!(page.matches("/do/revoke_token").count(), 1, "{page}");
        // Whoever goes back and types another name means another token: what they typed waits in a new form.
        let (is_given, page) = send("Nightly build").await;
        assert!(!is_given && page.contains("This form made the token “CI” already"), "{page}");
        assert!(page.contains("value=\"Nightly build\"") && page.matches("/do/revoke_token").count() == 1, "{page}");
        let created = app.log().await.iter().filter(|event| event.kind == "token_created").count();
        assert_eq!(created, 1);
    })
    .await;
}

#[tokio::test]
async fn two_clicks_at_once_create_one_token() {
    on_both(async |app| {
        let visitor = app.signed_in(ORBIT).await;
        let key = visitor.hidden("/account", "key").await;
        let clicks = (0..4).map(|_| {
            let (visitor, key) = (visitor.clone(), key.clone());
            tokio::spawn(async move {
                let fields = [("key", &*key), ("token_name", "CI"), ("read", "on"), ("ends", "2027-02-01")];
                visitor.post("/do/create_token", &fields).await.status().as_u16()
            })
        });
        for click in clicks.collect::<Vec<_>>() {
            assert_eq!(click.await.unwrap(), 303);
        }
        assert_eq!(visitor.page("/account").await.matches("/do/revoke_token").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_token_is_told_with_what_was_typed() {
    on_both(async |app| {
        let visitor = app.signed_in(ORBIT).await;
        let fields = [("token_name", "Nightly build"), ("ends", "2028-01-01"), ("read", "")];
        assert_eq!(location(&visitor.post("/do/create_token", &fields).await), "/account");
        let page = visitor.page("/account").await;
        for says in [
            "There are 2 problems",
            "Choose what the token is for",
            "Choose 2027-11-18 or an earlier day",
            "value=\"Nightly build\"",
            "value=\"2028-01-01\"",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(secret(&page).is_none());
        assert!(!page.contains("/do/revoke_token"), "{page}");
        for _ in 0..10 {
            create(&visitor, &["read"], "2026-12-01").await;
        }
        visitor.post("/do/create_token", &[("token_name", "One more"), ("ends", "2026-12-01"), ("read", "on")]).await;
        assert!(visitor.page("/account").await.contains("Revoke another token first"));
    })
    .await;
}

#[tokio::test]
async fn a_token_lets_nobody_in_once_it_is_revoked_or_over_or_its_owner_or_partner_is_out() {
    on_both(async |app| {
        let (visitor, token) = with_token(app, ORBIT).await;
        let short = create(&visitor, &["read"], "2026-11-18").await;
        let other = create(&visitor, &["read"], "2027-02-01").await;
        let id = visitor.hidden("/account", "token").await;
        let stranger = app.signed_in(HELIO).await;
        assert_eq!(
            stranger.post("/do/revoke_token", &[("token", &id)]).await.status(),
            404,
            "nobody revokes another's"
        );
        assert_eq!(look(&visitor, &other, CASE).await.status(), 404);
        assert_eq!(location(&visitor.post("/do/revoke_token", &[("token", &id)]).await), "/account");
        assert_eq!(problem(look(&visitor, &other, CASE).await).await, 401, "the newest stands first");
        assert_eq!(app.log().await[0].kind, "token_revoked");
        assert_eq!(visitor.post("/do/revoke_token", &[("token", &id)]).await.status(), 404);

        assert_eq!(look(&visitor, &short, CASE).await.status(), 404);
        app.clock.advance(Duration::days(1));
        assert_eq!(look(&visitor, &short, CASE).await.status(), 401, "a date ends at 24:00 UTC");
        assert_eq!(look(&visitor, &token, CASE).await.status(), 404);

        let admin = app.signed_in("admin@demo.example").await;
        let set = async |status: &str, revision: &str| {
            let fields = [
                ("partner", "orbit-crm"),
                ("revision", revision),
                ("name", "Orbit CRM"),
                ("slug", "orbit-crm"),
                ("tier", "2"),
                ("status", status),
            ];
            assert_eq!(location(&admin.post("/do/edit_partner", &fields).await), "/partners/orbit-crm");
        };
        set("inactive", "1").await;
        assert_eq!(look(&visitor, &token, CASE).await.status(), 401);
        set("active", "2").await;
        assert_eq!(look(&visitor, &token, CASE).await.status(), 404);
        disable_person(&app.db, &Caller::Operator, ORBIT).await.unwrap();
        assert_eq!(look(&visitor, &token, CASE).await.status(), 401);
        reset_person(&app.db, &Caller::Operator, ORBIT, true).await.unwrap();
        assert_eq!(look(&visitor, &token, CASE).await.status(), 401, "whoever comes back begins anew");
    })
    .await;
}

#[tokio::test]
async fn a_session_opens_no_api_and_a_token_no_page() {
    on_both(async |app| {
        let (visitor, token) = with_token(app, ORBIT).await;
        for wrong in ["", "kwanus_", &token[..49], &format!("{token}A"), &token.to_uppercase()] {
            let response = look(&visitor, wrong, CASE).await;
            assert_eq!(header(&response, "www-authenticate"), "Bearer");
            assert_eq!(problem(response).await, 401, "{wrong}");
        }
        assert_eq!(problem(visitor.get(CASE).await).await, 401, "the cookie is not looked at");
        assert_eq!(visitor.post(SUBMISSIONS, &[]).await.status(), 401);

        let program = app.visitor();
        for path in ["/account", "/submissions"] {
            assert_eq!(location(&look(&program, &token, path).await), format!("/sign-in?next={path}"));
        }
        let request = program.post_request("/do/start_submission", &[("integration", "client-timeline")]);
        let response = request.bearer_auth(&token).header("origin", &program.base).send().await.unwrap();
        assert_eq!(location(&response), "/sign-in?next=/submissions/new");
    })
    .await;
}

#[tokio::test]
async fn a_manifest_is_submitted_in_one_step_and_stands_before_the_boards() {
    on_both(async |app| {
        let (visitor, token) = with_token(app, ORBIT).await;
        let program = app.visitor_from("192.0.2.9");
        let response = send(&program, &token, None, &body().to_string()).await;
        assert_eq!((response.status().as_u16(), header(&response, "location")), (201, CASE.to_owned()));
        assert_eq!(header(&response, "idempotency-replayed"), "");
        let submission = response.text().await.unwrap();
        let looked = look(&program, &token, CASE).await;
        assert_eq!(looked.text().await.unwrap(), submission);
        let submission: Value = serde_json::from_str(&submission).unwrap();
        for (member, value) in [
            ("reference", json!("PJ-2026-0001")),
            ("state", json!("open")),
            ("revision", json!(1)),
            ("integration", json!("client-timeline")),
            ("submitted_at", json!("2026-11-18T09:42:00Z")),
            ("decided_at", Value::Null),
            ("permissions", json!(["read:items.status"])),
        ] {
            assert_eq!(submission[member], value, "{submission}");
        }
        let boards = submission["boards"].as_array().unwrap();
        assert!(boards.iter().any(|board| board["board"] == "sco" && board["state"] == "in_progress"), "{submission}");

        // As one that was written in the form.
        let page = app.signed_in("sco-1@demo.example").await.page("/cases/PJ-2026-0001").await;
        for says in ["To show which debts are open", "Workflow: Add a note", "GET /v4/items", "TLS 1.3, AES-256"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(visitor.page("/submissions").await.contains("PJ-2026-0001"));
        let log = app.log().await;
        let submitted = log.iter().find(|event| event.kind == "submitted").unwrap();
        assert_eq!(submitted.actor_kind, "token");
        let created = log.iter().find(|event| event.kind == "token_created").unwrap();
        assert_eq!(submitted.details.0["token"], created.details.0["token"], "the log says by which token");
        assert_eq!(submitted.actor_id, created.actor_id, "and in whose name");

        // There is one at a time, whoever began it.
        let again = read(send(&program, &token, None, &body().to_string()).await).await;
        assert_eq!(again["status"], 409);
        assert!(again["detail"].as_str().unwrap().contains("PJ-2026-0001"), "{again}");
    })
    .await;
}

#[tokio::test]
async fn what_is_found_is_told_at_its_place_in_the_manifest_and_whose_turn_it_is_is_said() {
    on_both(async |app| {
        let (visitor, token) = with_token(app, ORBIT).await;
        visitor.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let permission = [("case", "PJ-2026-0001"), ("permission", "read:items.status")];
        visitor.post("/do/add_permission", &permission).await;
        let draft = read(look(&visitor, &token, CASE).await).await;
        assert_eq!(draft["state"], "draft");
        assert_eq!(draft["turn"], "It is your turn: finish and submit it");
        let is_found = |submission: &Value, about: &str, rule: &str, pointer: &str| {
            let findings = submission["findings"].as_array().unwrap();
            findings.iter().any(|it| it["about"] == about && it["rule"] == rule && it["pointer"] == pointer)
        };
        assert!(is_found(&draft, "read:items.status", "PIS-3.unbounded", "/permissions/0/fields"), "{draft}");
        assert!(is_found(&draft, "compliance", "PIS-8.protection", "/compliance/protection"), "{draft}");
        let revision = visitor.hidden("/submissions/PJ-2026-0001", "revision").await;
        visitor.post("/do/delete_submission", &[("case", "PJ-2026-0001"), ("revision", &revision)]).await;

        // What was found as it was submitted keeps its place.
        let mut stored = body();
        let copy = json!({
            "place": "Our database in Oslo", "permissions": ["read:items.status"], "retention_hours": 24,
            "readers": "Our two counsellors",
        });
        stored["manifest"]["compliance"]["storage"] = json!([copy]);
        let submitted = read(send(&visitor, &token, None, &stored.to_string()).await).await;
        assert!(is_found(&submitted, "storage/0", "PIS-7.storage", "/compliance/storage/0/place"), "{submitted}");
        let turn = submitted["turn"].as_str().unwrap();
        assert!(turn.starts_with("It is the boards’ turn: their ballots close"), "{turn}");
        let reference = submitted["reference"].as_str().unwrap();
        assert!(visitor.page(&format!("/submissions/{reference}")).await.contains(turn), "{turn}");
    })
    .await;
}

#[tokio::test]
async fn a_request_of_one_name_is_done_once() {
    on_both(async |app| {
        let (_, token) = with_token(app, ORBIT).await;
        let program = app.visitor_from("192.0.2.9");
        let text = body().to_string();
        let tries = (0..8).map(|_| {
            let (program, token, text) = (program.clone(), token.clone(), text.clone());
            tokio::spawn(async move {
                let response = send(&program, &token, Some("build-7"), &text).await;
                assert_eq!((response.status().as_u16(), header(&response, "location")), (201, CASE.to_owned()));
                (header(&response, "idempotency-replayed"), response.text().await.unwrap())
            })
        });
        let mut answers = Vec::new();
        for each in tries.collect::<Vec<_>>() {
            answers.push(each.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|(replayed, _)| replayed.is_empty()).count(), 1);
        assert_eq!(answers.iter().filter(|(replayed, _)| replayed == "true").count(), 7);
        assert!(answers.iter().all(|(_, text)| *text == answers[0].1), "{answers:?}");
        assert_eq!(look(&program, &token, "/api/v1/submissions/PJ-2026-0002").await.status(), 404);

        let other = send(&program, &token, Some("build-7"), &format!("{text} ")).await;
        assert_eq!(problem(other).await, 422, "the name is taken");
        assert_eq!(problem(send(&program, &token, Some("build-8"), &text).await).await, 409);
        for key in ["a b", "", &"k".repeat(201)] {
            assert_eq!(problem(send(&program, &token, Some(key), &text).await).await, 400, "{key}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_submitted_is_told_by_its_place_and_nothing_is_kept() {
    on_both(async |app| {
        let (visitor, token) = with_token(app, ORBIT).await;
        let mut forbidden = body();
        forbidden["manifest"]["permissions"].as_array_mut().unwrap().push("read:items".into());
        let response = send(&visitor, &token, Some("build-7"), &forbidden.to_string()).await;
        let refused = read(response).await;
        assert_eq!((&refused["status"], &refused["faults"]), (&422.into(), &json!([])), "{refused}");
        assert_eq!(refused["findings"][0]["pointer"], "/permissions/1");
        assert_eq!(refused["findings"][0]["rule"], "PIS-6.broad");

        let mut unreadable = body();
        unreadable["manifest"]["workflows"][0]["kind"] = "sudden".into();
        let permission = unreadable["manifest"]["permissions"][0].clone();
        unreadable["manifest"]["permissions"] = json!([permission, permission]);
        let refused = read(send(&visitor, &token, None, &unreadable.to_string()).await).await;
        let faults = refused["faults"].as_array().unwrap();
        let pointers: Vec<_> = faults.iter().map(|fault| fault["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/workflows/0/kind", "/permissions/1"], "{refused}");
        let mut misspelt = body();
        misspelt["manifest"]["permisions"] = json!([]);
        let refused = read(send(&visitor, &token, None, &misspelt.to_string()).await).await;
        assert_eq!((&refused["status"], &refused["faults"][0]["pointer"]), (&422.into(), &"/permisions".into()));
        // What is of a layer that is not registered would pass its boards by.
        let mut foreign = body();
        foreign["integration"] = "claims-reader".into();
        let (_, helio) = with_token(app, HELIO).await;
        let refused = read(send(&visitor, &helio, None, &foreign.to_string()).await).await;
        let found = &refused["findings"][0];
        assert_eq!((&found["rule"], &found["pointer"]), (&"PIS-2.layer".into(), &"/extension".into()), "{refused}");

        for text in
            ["", "[]", "{}", r#"{ "integration": "client-timeline" }"#, "{\"integration\": \"a\", \"manifest\": {}"]
        {
            assert_eq!(send(&visitor, &token, None, text).await.status(), 400, "{text}");
        }
        let request = visitor.client.post(format!("{}{SUBMISSIONS}", visitor.base)).bearer_auth(&token);
        assert_eq!(problem(request.body(body().to_string()).send().await.unwrap()).await, 415);
        assert!(!visitor.page("/submissions").await.contains("PJ-2026"));
        assert!(app.log().await.iter().all(|event| event.kind != "draft_started"));
        // What is mended is another request, and has a name of its own.
        let mended = body().to_string();
        assert_eq!(problem(send(&visitor, &token, Some("build-7"), &mended).await).await, 422);
        assert_eq!(send(&visitor, &token, Some("build-8"), &mended).await.status(), 201);
    })
    .await;
}

/// What a refusal says, but for the reference of its request, and whether it was said before.
pub async fn refusal(response: Response) -> (Value, bool) {
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    let (id, is_again) = (header(&response, "x-request-id"), header(&response, "idempotency-replayed") == "true");
    let mut problem = read(response).await;
    let named = problem.as_object_mut().unwrap().remove("request_id");
    assert_eq!(named, Some(id.into()), "each request has a reference of its own");
    (problem, is_again)
}

async fn set_layers(app: &TestApp, layers: &[&str]) {
    let layers = Layers::parse(layers.iter().copied()).unwrap();
    let mut tx = app.db.write().await.unwrap();
    let query = tx.query("UPDATE integration SET layers = $1 WHERE slug = 'client-timeline'").bind(layers);
    assert_eq!(query.execute().await.unwrap(), 1);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_refusal_stands_for_its_request_whatever_is_mended_since() {
    on_both(async |app| {
        let (visitor, token) = with_token(app, ORBIT).await;
        let program = app.visitor_from("192.0.2.9");
        let text = body().to_string();

        // What the rules find, told to all that ask at once.
        set_layers(app, &["api", "workflow"]).await;
        let tries = (0..4).map(|_| {
            let (program, token, text) = (program.clone(), token.clone(), text.clone());
            tokio::spawn(async move { refusal(send(&program, &token, Some("build-7"), &text).await).await })
        });
        let mut answers = Vec::new();
        for each in tries.collect::<Vec<_>>() {
            answers.push(each.await.unwrap());
        }
        let refused = answers[0].0.clone();
        assert_eq!((&refused["status"], &refused["findings"][0]["rule"]), (&422.into(), &"PIS-2.layer".into()));
        assert!(answers.iter().all(|(problem, _)| *problem == refused), "{answers:?}");
        assert_eq!(answers.iter().filter(|(_, is_again)| !is_again).count(), 1);
        set_layers(app, &["api", "workflow", "extension"]).await;
        assert_eq!(refusal(send(&program, &token, Some("build-7"), &text).await).await, (refused, true));
        assert!(app.log().await.iter().all(|event| event.kind != "draft_started"), "nothing of it is kept");

        // What stands against it for now.
        visitor.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let (refused, is_again) = refusal(send(&program, &token, Some("build-8"), &text).await).await;
        assert_eq!((&refused["status"], is_again), (&409.into(), false));
        assert!(refused["detail"].as_str().unwrap().contains("PJ-2026-0001"), "{refused}");
        let revision = visitor.hidden("/submissions/PJ-2026-0001", "revision").await;
        visitor.post("/do/delete_submission", &[("case", "PJ-2026-0001"), ("revision", &revision)]).await;
        assert_eq!(refusal(send(&program, &token, Some("build-8"), &text).await).await, (refused, true));

        for key in ["build-7", "build-8"] {
            let (other, is_again) = refusal(send(&program, &token, Some(key), &format!("{text} ")).await).await;
            assert_eq!((&other["status"], is_again), (&422.into(), false), "{other}");
            assert!(other["detail"].as_str().unwrap().contains("that of another request"), "{other}");
        }
        assert_eq!(send(&program, &token, Some("build-9"), &text).await.status(), 201, "it is mended");
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_before_it_is_looked_at_holds_no_name() {
    on_both(async |app| {
        let (_, token) = with_token(app, ORBIT).await;
        let program = app.visitor_from("192.0.2.9");
        let (first, then) = (format!("{} ", body()), body().to_string());
        for (sql, status) in [
            ("UPDATE api_token SET revoked_at = created_at", Some(401)),
            ("UPDATE api_token SET revoked_at = NULL", None),
            ("UPDATE partner SET status = 'inactive' WHERE slug = 'orbit-crm'", Some(401)),
            ("UPDATE partner SET status = 'active' WHERE slug = 'orbit-crm'", None),
        ] {
            let mut tx = app.db.write().await.unwrap();
            assert_eq!(tx.query(sql).execute().await.unwrap(), 1, "{sql}");
            tx.commit().await.unwrap();
            if let Some(status) = status {
                assert_eq!(problem(send(&program, &token, Some("build-7"), &first).await).await, status, "{sql}");
            }
        }
        let unknown = first.replace("client-timeline", "nothing-here");
        assert_eq!(problem(send(&program, &token, Some("build-7"), &unknown).await).await, 404);
        assert_eq!(problem(send(&program, &token, Some("build-7"), "{").await).await, 400);
        for _ in 0..60 {
            look(&program, &token, CASE).await;
        }
        assert_eq!(problem(send(&program, &token, Some("build-7"), &first).await).await, 429);
        app.clock.advance(Duration::minutes(1));
        let response = send(&program, &token, Some("build-7"), &then).await;
        assert_eq!((response.status().as_u16(), header(&response, "idempotency-replayed")), (201, String::new()));
    })
    .await;
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_for_its_own_partner_alone() {
    on_both(async |app| {
        let (visitor, token) = with_token(app, ORBIT).await;
        let reads = create(&visitor, &["read"], "2027-02-01").await;
        let writes = create(&visitor, &["write"], "2027-02-01").await;
        let (_, helio) = with_token(app, HELIO).await;
        let program = app.visitor_from("192.0.2.9");
        let text = body().to_string();
        assert_eq!(problem(send(&program, &reads, None, &text).await).await, 403);
        assert_eq!(problem(send(&program, &helio, None, &text).await).await, 404, "another's integration is not there");
        let mut unknown = body();
        for slug in ["nothing-here", "No Slug", ""] {
            unknown["integration"] = slug.into();
            assert_eq!(problem(send(&program, &token, None, &unknown.to_string()).await).await, 404, "{slug}");
        }
        assert_eq!(send(&program, &writes, None, &text).await.status(), 201);
        assert_eq!(problem(look(&program, &writes, CASE).await).await, 403);
        assert_eq!(look(&program, &reads, CASE).await.status(), 200);
        for path in [CASE, "/api/v1/submissions/nothing", "/api/v1/submissions/LT-2026-0001"] {
            assert_eq!(problem(look(&program, &helio, path).await).await, 404, "{path}");
        }
    })
    .await;
}
