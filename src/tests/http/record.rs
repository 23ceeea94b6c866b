//! Records: reading them, and taking them out.

use chrono::Duration;

use crate::{
    app::{TestApp, on_both},
    catalogue::{RETITLED, changed},
    submission::submitted,
};

/// PJ-2026-0001 is carried by SCO and TSC.
async fn decided(app: &TestApp) {
    submitted(app).await;
    for board in ["sco", "tsc"] {
        for n in 1..=3 {
            let visitor = app.signed_in(&format!("{board}-{n}@demo.example")).await;
            let fields = [
                ("case", "PJ-2026-0001"),
                ("board", board),
                ("revision", "1"),
                ("position", "approve"),
                ("reason", "=HYPERLINK(\"x\"), she said"),
            ];
            assert_eq!(visitor.post("/do/take_position", &fields).await.status(), 303);
        }
    }
}

#[tokio::test]
async fn a_record_keeps_what_was_decided_on_whatever_happens_later() {
    on_both(async |app| {
        decided(app).await;
        let admin = app.signed_in("admin@demo.example").await;
        // Names change, and a rule of the register with them; what was decided stays.
        let fields = [
            ("partner", "orbit-crm"),
            ("revision", "1"),
            ("name", "=Orbit, \"renamed\""),
            ("slug", "orbit-crm"),
            ("tier", "1"),
            ("status", "active"),
        ];
        admin.post("/do/edit_partner", &fields).await;
        changed(app, &RETITLED).await;
        let mut tx = app.db.write().await.unwrap();
        tx.query(
            "UPDATE person SET disabled_at = created_at WHERE email IN ('sco-2@demo.example', 'sco-3@demo.example')",
        )
        .execute()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let auditor = app.signed_in("auditor@demo.example").await;
        let page = auditor.page("/cases/PJ-2026-0001").await;
        assert!(page.contains("3 of 3") && page.contains("=HYPERLINK"), "the roster and the reasons stay: {page}");
        assert!(!page.contains("has left") && !page.contains("Something else"), "{page}");
        assert!(auditor.page("/cases").await.contains("3/3"));
        for email in ["sco-1@demo.example", "auditor@demo.example", "admin@demo.example"] {
            let reader = app.signed_in(email).await;
            let page = reader.page("/records").await;
            assert!(page.contains("Orbit CRM: Client Timeline") && page.contains("read:items.status"), "{page}");
            assert_eq!(page.contains("Export as CSV"), email.starts_with("admin"), "{email}");
        }
        for (query, is_found) in [
            ("?outcome=carried&kind=PJ&board=tsc&partner=orbit-crm&from=2026-11-18&until=2026-11-18", true),
            ("?outcome=declined", false),
            ("?board=erc", false),
            ("?until=2026-11-17", false),
            ("?partner=nobody", false),
            ("?from=soon&outcome=maybe&after=x", true),
        ] {
            let page = admin.page(&format!("/records{query}")).await;
            assert_eq!(page.contains("PJ-2026-0001"), is_found, "{query}");
        }
        let page = admin.page("/records?from=soon&outcome=maybe").await;
        assert!(page.contains("What the address says of outcome, from is not known"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_administrator_takes_the_filtered_records_out_and_the_log_knows() {
    on_both(async |app| {
        decided(app).await;
        let admin = app.signed_in("admin@demo.example").await;
        let answer = admin.post("/export/records.csv", &[("outcome", "carried")]).await;
        assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8; header=present");
        assert_eq!(answer.headers()["content-disposition"], "attachment; filename=\"kwanus-records-2026-11-18.csv\"");
        let text = answer.text().await.unwrap();
        let lines: Vec<_> = text.split("\r\n").collect();
        assert!(lines[0].starts_with("reference,outcome,decided_at,"), "{text}");
        assert!(lines[1].starts_with("PJ-2026-0001,carried,2026-11-18T09:42:00Z,"), "{text}");
        assert!(lines[1].contains("TSC 3 of 3, 0 against; SCO 3 of 3, 0 against"), "{text}");
        assert_eq!(lines.len(), 3, "a head, a record, and an end: {text}");
        let event = &app.log().await[0];
        assert_eq!((event.kind.as_str(), &event.details.0["outcome"]), ("records_exported", &"carried".into()));

        let answer = admin.post("/export/records.json", &[]).await;
        let records: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        assert_eq!(records[0]["facts"]["permissions"][0]["key"], "read:items.status");
        assert_eq!(records[0]["facts"]["ballots"][0]["seats"][1]["position"]["stance"], "approve");
        let none = admin.post("/export/records.json", &[("outcome", "declined")]).await;
        assert_eq!(none.text().await.unwrap(), "[\n]\n");
        let none = admin.post("/export/records.csv", &[("partner", "nobody")]).await;
        assert_eq!(none.text().await.unwrap().lines().count(), 1);
        assert_eq!(admin.get("/export/records.csv").await.status(), 405, "an export is written down: no GET does it");
        assert_eq!(admin.post("/export/people.csv", &[]).await.status(), 404);
        assert_eq!(admin.post("/export/records.csv", &[("outcome", "maybe")]).await.status(), 400);
        let before = app.log().await.iter().filter(|event| event.kind == "records_exported").count();
        for email in ["auditor@demo.example", "sco-1@demo.example", "partner@orbit-crm.demo.example"] {
            let status = app.signed_in(email).await.post("/export/records.csv", &[]).await.status();
            assert!(matches!(status.as_u16(), 403 | 404), "{email}: {status}");
        }
        let after = app.log().await.iter().filter(|event| event.kind == "records_exported").count();
        assert_eq!(before, after);
    })
    .await;
}

#[tokio::test]
async fn what_looks_like_a_formula_is_none_in_a_spreadsheet() {
    on_both(async |app| {
        let admin = app.signed_in("admin@demo.example").await;
        let fields = [
            ("partner", "orbit-crm"),
            ("revision", "1"),
            ("name", "=1+1, \"Orbit\""),
            ("slug", "orbit-crm"),
            ("tier", "2"),
            ("status", "active"),
        ];
        admin.post("/do/edit_partner", &fields).await;
        app.clock.advance(Duration::minutes(1));
        decided(app).await;
        let text = admin.post("/export/records.csv", &[]).await.text().await.unwrap();
        assert!(text.contains(",\"'=1+1, \"\"Orbit\"\"\","), "{text}");
    })
    .await;
}

#[tokio::test]
async fn the_log_is_read_by_those_who_check_it_and_tells_no_draft() {
    on_both(async |app| {
        decided(app).await;
        let auditor = app.signed_in("auditor@demo.example").await;
        let page = auditor.page("/audit?case=PJ-2026-0001").await;
        for says in
            ["Decided", "Position taken", "Submitted", "Draft changed", "Priya Raman", "href=\"/cases/PJ-2026-0001\""]
        {
            assert!(page.contains(says), "{says}: {page}");
        }
        let page = auditor.page("/audit?kind=decided").await;
        let event = page.split("href=\"/audit/").nth(1).unwrap().split('"').next().unwrap();
        let page = auditor.page(&format!("/audit/{event}")).await;
        assert!(page.contains("carried") && page.contains("PJ-2026-0001"), "{page}");
        let page = auditor.page("/audit?kind=draft_changed").await;
        let event = page.split("href=\"/audit/").nth(1).unwrap().split('"').next().unwrap();
        let page = auditor.page(&format!("/audit/{event}")).await;
        assert!(page.contains("Draft changed") && !page.contains("read:items.status"), "{page}");
        for (query, is_found) in [
            ("?who=sco-1@demo.example&kind=position_taken", true),
            ("?who=nobody@demo.example", false),
            ("?case=PJ-2026-0002", false),
            ("?until=2026-11-17", false),
            ("?kind=nonsense&from=soon&after=x", true),
        ] {
            let page = auditor.page(&format!("/audit{query}")).await;
            assert_eq!(page.contains("Position taken</td>"), is_found, "{query}");
        }
        let none = auditor.get("/audit/01a1ee08-da40-7052-886b-6a9743bb32f9").await;
        assert_eq!(none.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn the_overview_counts_what_is_there() {
    on_both(async |app| {
        let auditor = app.signed_in("auditor@demo.example").await;
        let page = auditor.page("/overview").await;
        assert!(page.contains("No ballot is open.") && page.contains("6 integrations"), "{page}");
        decided(app).await;
        let page = auditor.page("/overview").await;
        assert!(page.contains("Decisions a month: 1 in twelve months"), "{page}");
        assert!(page.contains("<th scope=\"row\">November 2026</th><td class=\"num\">1</td>"), "{page}");
    })
    .await;
}
