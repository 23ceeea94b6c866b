//! Declaring what an integration does in its layers, and how its partner protects what it gets.

use std::collections::BTreeSet;

use chrono::Duration;
use serde_json::{Value, json};

use crate::{
    api::json as read,
    app::{PASSWORD, TestApp, Visitor, location, on_both},
    submission::{answers, complete, save_part, submitted},
};

const CASE: &str = "PJ-2026-0001";
const LIST: &str = "/submissions/PJ-2026-0001";
const NEW: &str = "/submissions/PJ-2026-0001/workflows/new";
const FIRST: &str = "/submissions/PJ-2026-0001/workflows/1";
const SCRIPT: &str = "<script>alert(1)</script>";

/// Orbit CRM's user with a draft for its timeline.
async fn draft(app: &TestApp) -> Visitor {
    let partner = app.signed_in("partner@orbit-crm.demo.example").await;
    partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
    partner
}

/// A workflow of that kind, with everything else answered.
fn workflow<'w>(name: &'w str, kind: &'w str, more: &[(&'w str, &'w str)]) -> Vec<(&'w str, &'w str)> {
    let fields = [
        ("name", name),
        ("kind", kind),
        ("version", "2.1"),
        ("idempotent", "By the id of the run"),
        ("auditable", "A line in the log"),
        ("reversible", "The person takes it back"),
    ];
    fields.into_iter().chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn a_submission_waits_for_every_part_that_its_layers_want() {
    on_both(async |app| {
        let partner = draft(app).await;
        partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.status")]).await;
        partner.post("/do/save_permission", &answers(&[])).await;
        let page = partner.page(LIST).await;
        for says in ["Use of the API", "Workflows", "Extension", "Compliance", "Copies of the data", "Cannot start yet"]
        {
            assert!(page.contains(says), "{says}: {page}");
        }
        let revision = partner.hidden(LIST, "revision").await;
        partner.post("/do/submit", &[("case", CASE), ("revision", &revision)]).await;
        let page = partner.page(&format!("{LIST}/check")).await;
        let blocked = "Mend what stands in the way of use of the API, workflow, extension, compliance";
        assert!(page.contains(blocked), "{page}");
        assert!(page.contains("Say how the integration uses the API"), "{page}");
        complete(&partner, CASE).await;
        let page = partner.page(&format!("{LIST}/check")).await;
        for says in ["Endpoint: GET /v4/health", "Workflow: Add a note", "It runs in the OS", "audit@orbit-crm.example"]
        {
            assert_eq!(page.contains(says), says != "It runs in the OS", "{says}: {page}");
        }
        assert!(page.contains("/do/submit"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_part_is_told_beside_its_field_with_what_was_typed() {
    on_both(async |app| {
        let partner = draft(app).await;
        let long = "x".repeat(10_000);
        let bad = workflow(
            SCRIPT,
            "sudden",
            &[("target_percent", "always"), ("when_down", &long), ("status_page", "a\u{202E}b")],
        );
        assert_eq!(save_part(&partner, CASE, NEW, "workflows/0", &bad).await, NEW);
        let page = partner.page(NEW).await;
        for says in [
            "There are 4 problems",
            "Say triggered, enhanced or dependent",
            "Enter a percentage, such as 99.95",
            "Use at most 2000 characters; these are 10000",
            "Remove the invisible characters",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "value=\"always\"",
            &long,
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains(SCRIPT));
        assert!(partner.page(&format!("{LIST}/workflows")).await.contains("No workflow is declared yet"));
    })
    .await;
}

#[tokio::test]
async fn what_is_forbidden_in_a_part_blocks_and_what_is_restricted_is_for_the_boards() {
    on_both(async |app| {
        let partner = draft(app).await;
        let write = ("permissions", "write:disputes.selection");
        partner.post("/do/add_permission", &[("case", CASE), ("permission", write.1)]).await;
        let decides = workflow("Add a note", "enhanced", &[("os_decides", "no"), write]);
        assert_eq!(save_part(&partner, CASE, NEW, "workflows/0", &decides).await, format!("{LIST}/workflows"));
        let page = partner.page(&format!("{LIST}/workflows")).await;
        assert!(page.contains("Needs changes") && page.contains("1 forbidden"), "{page}");
        let page = partner.page(FIRST).await;
        assert!(
            page.contains("Let the OS decide what people are shown") && page.contains("rule-PIS-4.final-output"),
            "{page}"
        );
        let mended = workflow("Add a note", "enhanced", &[("os_decides", "yes"), write]);
        save_part(&partner, CASE, FIRST, "workflows/0", &mended).await;
        let page = partner.page(&format!("{LIST}/workflows")).await;
        assert!(page.contains("Restricted: the boards will weigh"), "{page}");
        let predicts = workflow("Add a note", "enhanced", &[("os_decides", "yes"), ("predictive", "yes")]);
        save_part(&partner, CASE, FIRST, "workflows/0", &predicts).await;
        let page = partner.page(FIRST).await;
        assert!(page.contains("predictive workflows are for tier 3, and yours is 2"), "{page}");
        let unbounded = [("path", "GET /v4/items"), ("rate_per_minute", "unlimited")];
        let new = format!("{LIST}/endpoints/new");
        save_part(&partner, CASE, &new, "endpoints/0", &unbounded).await;
        let page = partner.page(&format!("{LIST}/endpoints/1")).await;
        assert!(page.contains("none are unlimited"), "{page}");
        // Without a bound it could not be submitted either, but nobody is told off for what they have not come to.
        let first = format!("{LIST}/endpoints/1");
        let unsaid = [("path", "GET /v4/health"), ("rate_per_minute", "")];
        save_part(&partner, CASE, &first, "endpoints/0", &unsaid).await;
        let page = partner.page(&first).await;
        assert!(page.contains("Say how many calls a minute you need at most"), "{page}");
        assert!(page.contains("1 missing") && !page.contains("1 forbidden"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_part_sent_twice_is_there_once_and_one_changed_elsewhere_is_not_written_over() {
    on_both(async |app| {
        let partner = draft(app).await;
        let seen = partner.hidden(NEW, "seen").await;
        let send = async |name: &str, seen: &str, part: &str| {
            let fields = [
                ("case", CASE),
                ("part", part),
                ("seen", seen),
                ("typed[name][0]", name),
                ("typed[kind][0]", "triggered"),
            ];
            location(&partner.post("/do/save_part", &fields).await)
        };
        for _ in 0..2 {
            assert_eq!(send("Prepare", &seen, "workflows/0").await, format!("{LIST}/workflows"));
        }
        let page = partner.page(&format!("{LIST}/workflows")).await;
        assert_eq!(page.matches("<a href=\"/submissions/PJ-2026-0001/workflows/1\">").count(), 1);
        assert!(!page.contains("workflows/2"), "{page}");
        assert_eq!(app.log().await.iter().filter(|event| event.kind == "draft_changed").count(), 1);

        // Two tabs with the same page: the second is told what stands there now, with its own words kept.
        let seen = partner.hidden(FIRST, "seen").await;
        send("Prepare a dispute", &seen, "workflows/0").await;
        assert_eq!(send("Prepare a letter", &seen, "workflows/0").await, FIRST);
        let page = partner.page(FIRST).await;
        assert!(page.contains("changed in another tab") && page.contains("It says now: Prepare a dispute"), "{page}");
        assert!(page.contains("value=\"Prepare a letter\""), "{page}");

        // Taken out in one, written on in the other: the sentence stands where the browser goes, the words wait.
        let seen = partner.hidden(FIRST, "seen").await;
        let remove = [("case", CASE), ("part", "workflows/0"), ("seen", &seen)];
        assert_eq!(location(&partner.post("/do/remove_part", &remove).await), format!("{LIST}/workflows"));
        assert_eq!(send("Prepare a form", &seen, "workflows/0").await, LIST);
        assert!(partner.page(LIST).await.contains("This workflow was taken out in another tab"));
        assert!(partner.page(NEW).await.contains("value=\"Prepare a form\""));
        // Two who add at once: the second is told, and what they typed stands in the form of the next one.
        partner.page(NEW).await;
        assert_eq!(send("One", "", "workflows/0").await, format!("{LIST}/workflows"));
        assert_eq!(send("Another", "", "workflows/0").await, NEW);
        let page = partner.page(NEW).await;
        assert!(page.contains("changed in another tab") && page.contains("value=\"Another\""), "{page}");
        assert!(page.contains("value=\"workflows/1\""), "{page}");
        let seen = partner.hidden(FIRST, "seen").await;
        partner.post("/do/remove_part", &[("case", CASE), ("part", "workflows/0"), ("seen", &seen)]).await;
        // Nor does a place exist beyond the last.
        send("Prepare", "", "workflows/7").await;
        assert!(partner.page(LIST).await.contains("was taken out"));
        assert_eq!(partner.get(FIRST).await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_over_a_part_costs_no_character() {
    on_both(async |app| {
        let partner = draft(app).await;
        let page = format!("{LIST}/compliance");
        let seen = partner.hidden(&page, "seen").await;
        app.clock.advance(Duration::hours(3));
        let fields = [
            ("case", CASE),
            ("part", "compliance"),
            ("seen", &seen),
            ("typed[protection][0]", SCRIPT),
            ("typed[accepts_annual_review][0]", "yes"),
            ("typed[shares_with][0]", "Nobody\r\nand nobody else"),
        ];
        let answer = location(&partner.post("/do/save_part", &fields).await);
        assert_eq!(answer, format!("/sign-in?next={page}"));
        let fields = [("email", "partner@orbit-crm.demo.example"), ("password", PASSWORD), ("next", &page)];
        assert_eq!(location(&partner.post("/do/sign_in", &fields).await), page);
        let shown = partner.page(&page).await;
        for says in ["&lt;script&gt;alert(1)&lt;/script&gt;", "and nobody else", "value=\"yes\" checked"] {
            assert!(shown.contains(says), "{says}: {shown}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_boards_read_every_part_with_what_was_found_and_the_decision_keeps_it() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page("/cases/PJ-2026-0001").await;
        for says in
            ["How it works", "Workflow: Add a note", "By the note&#x27;s id", "TLS 1.3, AES-256", "GET /v4/health"]
        {
            assert!(page.contains(says) || page.contains(&says.replace("&#x27;", "'")), "{says}: {page}");
        }
        // What is submitted is fixed, and shown as it was.
        assert_eq!(location(&partner.get(&format!("{LIST}/workflows/1")).await), LIST);
        assert!(partner.page(&format!("{LIST}/check")).await.contains("Workflow: Add a note"));

        // Another revision begins with what this one declares, and its changes are marked.
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let storage = [
            ("place", "Frankfurt"),
            ("permissions", "read:items.status"),
            ("retention_hours", "24"),
            ("readers", "Two engineers"),
        ];
        let new = format!("{LIST}/storage/new");
        assert_eq!(save_part(&partner, CASE, &new, "storage/0", &storage).await, format!("{LIST}/storage"));
        let revision = partner.hidden(LIST, "revision").await;
        partner.post("/do/submit", &[("case", CASE), ("revision", &revision)]).await;
        let page = member.page("/cases/PJ-2026-0001").await;
        assert!(
            page.contains("Copy of the data: Frankfurt") && page.contains("Storage at the partner is restricted"),
            "{page}"
        );
        for board in ["tsc", "sco", "erc"] {
            for n in 1..=3 {
                let voter = app.signed_in(&format!("{board}-{n}@demo.example")).await;
                let fields = [("case", CASE), ("board", board), ("revision", "2"), ("position", "approve")];
                voter.post("/do/take_position", &fields).await;
            }
        }
        let page = member.page("/cases/PJ-2026-0001").await;
        assert!(
            page.contains("Every board that decides carried it") && page.contains("Copy of the data: Frankfurt"),
            "{page}"
        );
        // The next submission begins with what was carried.
        let answer = partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        assert!(partner.page(&format!("{}/storage", location(&answer))).await.contains("Frankfurt"));
    })
    .await;
}

#[tokio::test]
async fn a_part_is_no_other_partners_to_read_or_to_write() {
    on_both(async |app| {
        draft(app).await;
        let other = app.signed_in("partner@helio-health.demo.example").await;
        for page in ["api", "workflows", "workflows/new", "compliance", "storage", "people", "api/1"] {
            assert_eq!(other.get(&format!("{LIST}/{page}")).await.status(), 404, "{page}");
        }
        let fields = [("case", CASE), ("part", "api"), ("seen", ""), ("typed[contract][0]", "Ours")];
        assert_eq!(other.post("/do/save_part", &fields).await.status(), 404);
        assert_eq!(other.post("/do/remove_part", &fields).await.status(), 404);
        assert_eq!(app.log().await.iter().filter(|event| event.kind == "draft_changed").count(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_manifest_fills_the_form_and_the_form_is_a_manifest() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let exported = partner.page(&format!("{LIST}/manifest.json")).await;
        assert!(exported.contains("\"name\": \"Client Timeline\"") && exported.contains("GET /v4/health"), "{exported}");
        // What was exported goes into another draft as it is.
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let send = async |text: &str| {
            let revision = partner.hidden(LIST, "revision").await;
            let fields = [("case", CASE), ("revision", &revision), ("manifest", text)];
            location(&partner.post("/do/import_manifest", &fields).await)
        };
        assert_eq!(send(&exported).await, LIST);
        assert_eq!(partner.page(&format!("{LIST}/manifest.json")).await, exported);
        assert!(partner.page(LIST).await.contains("The manifest is imported"));

        // What cannot be read is told with its place, and changes nothing.
        let import = format!("{LIST}/import");
        for (text, says) in [
            ("{ \"permisions\": [] }", "unknown field `permisions`"),
            ("{ \"permissions\": [\"read:*\"] }", "/permissions/0: "),
            ("{ \"workflows\": [{ \"name\": \"x\", \"kind\": \"odd\" }] }", "/workflows/0/kind: Say triggered"),
            ("{ \"permissions\": [\"read:items.status\", \"read:items.status\"] }", "declared twice"),
            (SCRIPT, "A manifest is a JSON object"),
            ("", "A manifest is a JSON object"),
        ] {
            assert_eq!(send(text).await, import, "{text}");
            let page = partner.page(&import).await;
            assert!(page.contains(says) && !page.contains(SCRIPT), "{text}: {page}");
        }
        assert_eq!(partner.page(&format!("{LIST}/manifest.json")).await, exported);

        // The manifest of an extension, as it is: what is missing stands beside its task.
        let text = r#"{ "id": "org.example.timeline", "name": "Timeline", "version": "1.4.0",
            "permissions": ["read:items.status"], "entry": "dist/index.js", "compatibility": { "kwanus": ">=4.2, <6" } }"#;
        assert_eq!(send(text).await, LIST);
        let page = partner.page(LIST).await;
        assert!(page.contains("2 still to answer") && page.contains("Cannot start yet"), "{page}");
        assert!(partner.page(&format!("{LIST}/extension")).await.contains("value=\"org.example.timeline\""));
        let other = app.signed_in("partner@helio-health.demo.example").await;
        assert_eq!(other.get(&format!("{LIST}/manifest.json")).await.status(), 404);
    })
    .await;
}

/// A manifest that says everything that one can say, of the timeline as it is registered.
fn everything() -> Value {
    json!({
        "id": "example.orbit.timeline", "name": "Client Timeline", "version": "1.4.0",
        "description": "Shows a credit counsellor, beside the client's report, what was disputed, answered and agreed, and when.",
        "entry": "dist/index.js", "compatibility": { "kwanus": ">=4.2, <6" },
        "permissions": [
            {
                "key": "read:items.status", "fields": ["items.status"], "purpose": "To show which debts are open",
                "narrower": "There is none", "consent": "Screen 2, every time", "deletion": "With the session",
                "if_refused": "People copy by hand", "compliance_note": "Checked on 2 November\n\n- and signed",
                "retention_hours": 48, "until": "2027-03-31", "reason": "A weekend is longer than a day",
            },
            { "key": "read:items.type", "fields": [] },
        ],
        "api": {
            "contract": "KWANUS API contract 4", "validates_permissions": true, "logs_calls": true,
            "endpoints": [
                { "path": "GET /v4/items", "permissions": ["read:items.status", "read:items.type"], "rate_per_minute": 60 },
                { "path": "GET /v4/health", "permissions": [], "rate_per_minute": "unlimited" },
            ],
        },
        "workflows": [
            {
                "name": "Add a note", "kind": "enhanced", "version": "2.1", "permissions": ["read:items.status"],
                "idempotent": "By the note's id", "auditable": "A line in the log",
                "reversible": "The person deletes it", "predictive": true, "os_decides": false,
            },
            {
                "name": "Fetch the letters", "kind": "dependent", "permissions": [], "target_percent": 99.95,
                "status_page": "https://status.orbit-crm.example", "when_down": "People see the letters of yesterday",
            },
        ],
        "extension": {
            "sandbox": "A frame of its own origin",
            "components": [
                { "name": "Timeline", "kind": "ui", "permissions": ["read:items.status"], "overrides": ["navigation"] },
                { "name": "Letters", "kind": "export", "permissions": [] },
            ],
        },
        "compliance": {
            "protection": "TLS 1.3, AES-256", "audit_contact": "audit@orbit-crm.example",
            "accepts_annual_review": true, "tracks": true, "shares_with": ["A printer of letters"],
            "storage": [{
                "place": "Frankfurt",
                "permissions": ["read:items.status"],
                "retention_hours": 24,
                "readers": "Two engineers",
            }],
        },
    })
}

/// The names of what stands in a manifest; of its schema, of what can.
fn names(value: &Value, is_schema: bool, found: &mut BTreeSet<String>) {
    let fields = if is_schema { value.get("properties").and_then(Value::as_object) } else { value.as_object() };
    found.extend(fields.into_iter().flat_map(|fields| fields.keys().cloned()));
    match value {
        Value::Array(items) => items.iter().for_each(|item| names(item, is_schema, found)),
        Value::Object(fields) => fields.values().for_each(|field| names(field, is_schema, found)),
        _ => {}
    }
}

#[tokio::test]
async fn a_manifest_that_says_everything_is_exported_as_it_was_imported() {
    on_both(async |app| {
        let partner = draft(app).await;
        let manifest = everything();
        let (mut said, mut sayable) = (BTreeSet::new(), BTreeSet::new());
        names(&manifest, false, &mut said);
        names(&read(app.visitor().get("/api/v1/schema/manifest.json").await).await, true, &mut sayable);
        // By which schema it was written is for editors alone.
        assert!(sayable.remove("$schema"));
        assert_eq!(said, sayable);

        let import = async |manifest: &Value| {
            let (revision, text) = (partner.hidden(LIST, "revision").await, manifest.to_string());
            let fields = [("case", CASE), ("revision", &revision), ("manifest", &text)];
            assert_eq!(location(&partner.post("/do/import_manifest", &fields).await), LIST);
            let page = partner.page(LIST).await;
            assert!(page.contains("The manifest is imported"), "{page}");
            (page, read(partner.get(&format!("{LIST}/manifest.json")).await).await)
        };
        let (page, exported) = import(&manifest).await;
        assert_eq!(exported, manifest);
        assert!(!page.contains("what is registered stays"), "{page}");

        // What is the register's to say is not lost in silence.
        let mut renamed = manifest.clone();
        renamed["name"] = "Orbit Timeline".into();
        let (page, exported) = import(&renamed).await;
        assert_eq!(exported, manifest);
        let says = "another name: what is registered stays";
        assert!(page.contains(says), "{page}");
        renamed["description"] = "Something else".into();
        assert!(import(&renamed).await.0.contains("another name and another description"));
    })
    .await;
}

/// Sends what is typed as the island does: the status, and what it is told.
async fn keep(visitor: &Visitor, action: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let request = visitor.post_request(action, fields).header("origin", &visitor.base);
    let answer = request.header("accept", "application/json").send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn what_is_typed_of_something_new_is_held_until_it_has_a_name() {
    on_both(async |app| {
        let partner = draft(app).await;
        let (new, first) = (format!("{LIST}/endpoints/new"), format!("{LIST}/endpoints/1"));
        let owner = partner.hidden(&new, "owner").await;
        let keep = async |seen: &str, path: &str, rate: &str| {
            let fields = [
                ("owner", &*owner),
                ("case", CASE),
                ("part", "endpoints/0"),
                ("seen", seen),
                ("typed[path][0]", path),
                ("typed[rate_per_minute][0]", rate),
            ];
            let (status, kept) = keep(&partner, "/do/keep_part", &fields).await;
            assert_eq!(status, 200, "{kept}");
            kept
        };
        let missing = "Name the endpoint, such as GET /v1/items";
        let kept = keep("", "", "60").await;
        assert!(kept.contains(&format!("Not saved yet, but held here: {missing}")), "{kept}");
        // It is there however often one comes back, to whoever typed it.
        for _ in 0..2 {
            let page = partner.page(&new).await;
            assert!(page.contains("value=\"60\"") && page.contains(missing), "{page}");
        }
        let elsewhere = app.signed_in("partner@orbit-crm.demo.example").await;
        assert!(!elsewhere.page(&new).await.contains("value=\"60\""));
        assert_eq!(partner.get(&first).await.status(), 404);

        assert!(keep("", "GET /v4/items", "60").await.contains("Saved at"));
        let page = partner.page(&new).await;
        assert!(!page.contains("value=\"60\"") && !page.contains(missing), "{page}");
        let seen = partner.hidden(&first, "seen").await;
        let kept = keep(&seen, "", "61").await;
        assert!(kept.contains(&format!("Saved, but for “Which endpoint do you call?”: {missing}")), "{kept}");
        let exported = partner.page(&format!("{LIST}/manifest.json")).await;
        assert!(exported.contains("GET /v4/items") && exported.contains("\"rate_per_minute\": 61"), "{exported}");
        assert!(partner.page(&first).await.contains(missing));
        // What is sent for good is held no longer, even where it changes nothing.
        let named = [("path", "GET /v4/items"), ("rate_per_minute", "61")];
        save_part(&partner, CASE, &first, "endpoints/0", &named).await;
        let page = partner.page(&first).await;
        assert!(page.contains("value=\"GET /v4/items\"") && !page.contains(missing), "{page}");
    })
    .await;
}

#[tokio::test]
async fn one_field_that_cannot_be_read_keeps_no_other_of_a_permission_from_being_saved() {
    on_both(async |app| {
        let partner = draft(app).await;
        partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.status")]).await;
        let page = format!("{LIST}/permissions/read:items.status");
        let owner = partner.hidden(&page, "owner").await;
        let keep = async |revision: &str, purpose: &str, retention: &str| {
            let more = [("owner", &*owner), ("revision", revision), ("purpose", purpose), ("retention", retention)];
            let (status, kept) = keep(&partner, "/do/keep_permission", &answers(&more)).await;
            assert_eq!(status, 200, "{kept}");
            kept
        };
        let says = "Saved, but for “How many hours do you keep the data?”: Enter whole hours, such as 24";
        assert!(keep("1", "To mark what is open", "12").await.contains("Saved at 09:42 UTC"));
        assert!(keep("2", "To mark what is due", "a day").await.contains(says));
        let exported = partner.page(&format!("{LIST}/manifest.json")).await;
        assert!(exported.contains("To mark what is due") && exported.contains("\"retention_hours\": 12"), "{exported}");
        for _ in 0..2 {
            let shown = partner.page(&page).await;
            assert!(shown.contains("value=\"a day\"") && shown.contains("Enter whole hours"), "{shown}");
        }
        // That somebody puts something in its place is told; it would be again if it were sent, and then it has been shown.
        let elsewhere = app.signed_in("partner@orbit-crm.demo.example").await;
        let revision = elsewhere.hidden(&page, "revision").await;
        let other = [("revision", &*revision), ("retention", "6")];
        elsewhere.post("/do/save_permission", &answers(&other)).await;
        let shown = partner.page(&page).await;
        assert!(shown.contains("value=\"a day\"") && shown.contains("since you typed what stands here"), "{shown}");
        assert_eq!(partner.hidden(&page, "revision").await, "3");
        partner.post("/do/save_permission", &answers(&[("revision", "3"), ("retention", "7")])).await;
        let shown = partner.page(&page).await;
        assert!(shown.contains("value=\"7\"") && shown.contains("It says now: 6"), "{shown}");
        let shown = partner.page(&page).await;
        assert!(shown.contains("value=\"6\""), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_is_kept_as_it_is_typed_and_read_anew() {
    on_both(async |app| {
        let partner = draft(app).await;
        let page = format!("{LIST}/api");
        let owner = partner.hidden(&page, "owner").await;
        let keep = async |owner: &str, seen: &str, contract: &str| {
            let fields = [
                ("owner", owner),
                ("case", CASE),
                ("part", "api"),
                ("seen", seen),
                ("typed[contract][0]", contract),
                ("typed[logs_calls][0]", "yes"),
            ];
            keep(&partner, "/do/keep_part", &fields).await
        };
        let (status, kept) = keep(&owner, "", "KWANUS API contract 4").await;
        assert!(status == 200 && kept.contains("Saved at 09:42 UTC") && kept.contains("PIS-3.endpoints"), "{kept}");
        assert!(!kept.contains("PIS-3.contract") && !kept.contains("PIS-3.audit-logging"), "{kept}");
        let seen = partner.hidden(&page, "seen").await;
        assert!(!seen.is_empty() && kept.contains(&seen), "{seen}: {kept}");
        // What cannot be kept is not, and is told.
        let (status, kept) = keep(&owner, &seen, "a\u{202E}b").await;
        let says = "Saved, but for “Which contract do you keep?”: Remove the invisible characters";
        assert!(status == 200 && kept.contains(says), "{kept}");
        // Nor does an old page write over a newer one: what was typed there waits, as when it is sent.
        let (_, kept) = keep(&owner, "", "Another").await;
        assert!(kept.contains("Not saved yet: This was changed in another tab"), "{kept}");
        let shown = partner.page(&page).await;
        assert!(shown.contains("value=\"Another\"") && shown.contains("It says now: KWANUS API contract 4"), "{shown}");
        assert!(partner.page(&page).await.contains("value=\"KWANUS API contract 4\""));
        // Nor is anything kept in the name of whoever signed in since, or of nobody.
        assert_eq!(keep("", &seen, "Another").await.0, 401);
        app.clock.advance(Duration::hours(3));
        assert_eq!(keep(&owner, &seen, "Another").await.0, 401);
        assert_eq!(app.log().await.iter().filter(|event| event.kind == "draft_changed").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_copy_that_is_missing_is_asked_for_where_copies_are_declared() {
    on_both(async |app| {
        let partner = draft(app).await;
        let storage = format!("{LIST}/storage");
        let nothing = "If you store none, there is nothing to do here";
        let asks = "say where the data of read:items.status is kept for 25 hours";
        partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.status")]).await;
        for (revision, retention, is_missing) in [("1", "24", false), ("2", "25", true)] {
            let fields = answers(&[("revision", revision), ("retention", retention)]);
            partner.post("/do/save_permission", &fields).await;
            let page = partner.page(&storage).await;
            assert_eq!((page.contains(asks), page.contains(nothing)), (is_missing, !is_missing), "{page}");
        }
        // A copy of nothing in particular is not the one that is missing, nor is one that is kept for less.
        let place = ("place", "Frankfurt");
        save_part(&partner, CASE, &format!("{storage}/new"), "storage/0", &[place]).await;
        assert!(partner.page(&storage).await.contains(asks));
        let first = format!("{storage}/1");
        assert!(partner.page(&first).await.contains("Name the permissions whose data the copy holds"));
        let held = ("permissions", "read:items.status");
        for (hours, is_missing) in [("24", true), ("25", false)] {
            save_part(&partner, CASE, &first, "storage/0", &[place, held, ("retention_hours", hours)]).await;
            let page = partner.page(&storage).await;
            assert!(!page.contains(asks), "{page}");
            assert_eq!(
                page.contains("Say 25 hours of a copy with the data of read:items.status"),
                is_missing,
                "{page}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn why_a_narrower_one_fails_can_be_answered_before_it_is_asked() {
    on_both(async |app| {
        let partner = draft(app).await;
        let reports = ("permission", "read:reports.summary");
        partner.post("/do/add_permission", &[("case", CASE), reports]).await;
        let path = format!("{LIST}/permissions/read:reports.summary");
        let missing = "Say why a narrower permission fails";
        let hint = "Only where a narrower permission reaches every field that you chose above";
        let page = partner.page(&path).await;
        assert!(page.contains("name=\"narrower\"") && page.contains(hint), "{page}");
        let check = format!("{LIST}/check");
        let chosen: Vec<_> = [("fields[1]", "reports.id"), ("fields[2]", "reports.bureau")].into();
        for (revision, fields, narrower, is_missing) in [
            // Nothing narrower reaches both.
            ("1", &chosen[..], "", false),
            ("2", &chosen[..1], "", true),
            ("3", &chosen[..1], "It does not say when", false),
        ] {
            let more = [reports, ("revision", revision), ("narrower", narrower)];
            let more: Vec<_> = more.into_iter().chain(fields.iter().copied()).collect();
            partner.post("/do/save_permission", &answers(&more)).await;
            assert_eq!(partner.page(&check).await.contains(missing), is_missing, "{revision}");
            let page = partner.page(&path).await;
            assert!(page.contains("name=\"narrower\"") && page.contains(hint), "{page}");
        }
    })
    .await;
}
