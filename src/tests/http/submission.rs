//! Declaring permissions: a draft that is written over days, checked, and submitted.

use chrono::Duration;

use crate::app::{PASSWORD, TestApp, Visitor, location, on_both};

const CASE: &str = "PJ-2026-0001";
const SUBMITTED: &str = "/submissions/PJ-2026-0001/submitted";
const PAGE: &str = "/submissions/PJ-2026-0001/permissions/read:items.status";
const TYPED: &str = "To show <script>alert(1)</script> what is open";

async fn partner(app: &TestApp) -> Visitor {
    app.signed_in("partner@orbit-crm.demo.example").await
}

async fn start(visitor: &Visitor) {
    let answer = visitor.post("/do/start_submission", &[("integration", "client-timeline")]).await;
    assert_eq!(location(&answer), format!("/submissions/{CASE}"));
}

async fn add(visitor: &Visitor, permission: &str) -> String {
    location(&visitor.post("/do/add_permission", &[("case", CASE), ("permission", permission)]).await)
}

/// What answers everything about `read:items.status`, with some fields otherwise.
pub fn answers<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let fields = [
        ("case", CASE),
        ("permission", "read:items.status"),
        ("revision", "1"),
        ("fields[1]", "items.status"),
        ("purpose", "To show which debts are open"),
        ("narrower", "There is none"),
        ("consent", "Screen 2, every time"),
        ("deletion", "With the session; the log shows it"),
        ("if_refused", "People copy by hand"),
        ("retention", "24"),
        ("until", "2027-03-31"),
    ];
    let fields = fields.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.chain(more.iter().copied()).collect()
}

async fn save(visitor: &Visitor, more: &[(&str, &str)]) -> String {
    location(&visitor.post("/do/save_permission", &answers(more)).await)
}

type Answers = &'static [(&'static str, &'static str)];

/// What is asked besides permissions: the task, its page, and what answers it.
#[rustfmt::skip]
const PARTS: [(&str, &str, Answers); 6] = [
    ("api", "api", &[("contract", "KWANUS API contract 4"), ("validates_permissions", "yes"), ("logs_calls", "yes")]),
    ("api", "endpoints/new", &[("path", "GET /v4/health"), ("rate_per_minute", "60")]),
    ("workflows", "workflows/new", &[
        ("name", "Add a note"), ("kind", "enhanced"), ("version", "2.1"), ("idempotent", "By the note's id"),
        ("auditable", "A line in the log"), ("reversible", "The person deletes it"), ("os_decides", "yes"),
    ]),
    ("extension", "extension", &[
        ("id", "example.orbit.timeline"), ("version", "1.0.0"), ("entry", "dist/index.js"),
        ("compatibility", ">=4.2, <6"), ("sandbox", "A frame of its own origin"),
    ]),
    ("extension", "components/new", &[("name", "Timeline"), ("kind", "ui")]),
    ("compliance", "compliance", &[
        ("protection", "TLS 1.3, AES-256"), ("audit_contact", "audit@orbit-crm.example"),
        ("accepts_annual_review", "yes"), ("tracks", "no"),
    ]),
];

/// Answers what the task list of a first draft asks besides permissions.
pub async fn complete(visitor: &Visitor, case: &str) {
    let list = visitor.page(&format!("/submissions/{case}")).await;
    for (task, page, answers) in PARTS {
        let (part, page) = (page.replace("new", "0"), format!("/submissions/{case}/{page}"));
        if list.contains(&format!("href=\"/submissions/{case}/{task}\"")) {
            let answer = save_part(visitor, case, &page, &part, answers).await;
            assert!(!answer.ends_with("/new"), "{page}: {}", visitor.page(&page).await);
        }
    }
}

/// Saves a part as its page shows it, with these answers.
pub async fn save_part(visitor: &Visitor, case: &str, page: &str, part: &str, answers: &[(&str, &str)]) -> String {
    let seen = visitor.hidden(page, "seen").await;
    let typed: Vec<_> = answers.iter().map(|(field, text)| (format!("typed[{field}][0]"), *text)).collect();
    let fields = [("case", case), ("part", part), ("seen", &seen)];
    let fields: Vec<_> = fields.into_iter().chain(typed.iter().map(|(field, text)| (&**field, *text))).collect();
    location(&visitor.post("/do/save_part", &fields).await)
}

/// Submits the draft as its page shows it, once what it asks besides permissions is answered.
pub async fn submit(visitor: &Visitor) -> String {
    if visitor.page(&format!("/submissions/{CASE}")).await.contains("Not started") {
        complete(visitor, CASE).await;
    }
    let revision = visitor.hidden(&format!("/submissions/{CASE}"), "revision").await;
    location(&visitor.post("/do/submit", &[("case", CASE), ("revision", &revision)]).await)
}

/// Brings a case before the boards: Orbit CRM asks to read the status of items for its timeline.
pub async fn submitted(app: &TestApp) -> Visitor {
    let visitor = partner(app).await;
    start(&visitor).await;
    add(&visitor, "read:items.status").await;
    save(&visitor, &[]).await;
    assert_eq!(submit(&visitor).await, SUBMITTED);
    visitor
}

/// The same, with a write besides.
pub async fn submitted_with_a_write(app: &TestApp) -> Visitor {
    let visitor = partner(app).await;
    start(&visitor).await;
    add(&visitor, "read:items.status").await;
    save(&visitor, &[]).await;
    add(&visitor, "write:disputes.selection").await;
    let write = [
        ("permission", "write:disputes.selection"),
        ("fields[1]", "disputes.selection"),
        ("reason", "People select in our app"),
    ];
    save(&visitor, &write).await;
    assert_eq!(submit(&visitor).await, SUBMITTED);
    visitor
}

/// Asks for the same once more, from an empty draft under this reference; answers where that leads.
pub async fn submitted_again(visitor: &Visitor, case: &str) -> String {
    let answer = visitor.post("/do/start_submission", &[("integration", "client-timeline")]).await;
    assert_eq!(location(&answer), format!("/submissions/{case}"));
    visitor.post("/do/add_permission", &[("case", case), ("permission", "read:items.status")]).await;
    save(visitor, &[("case", case)]).await;
    complete(visitor, case).await;
    let revision = visitor.hidden(&format!("/submissions/{case}"), "revision").await;
    location(&visitor.post("/do/submit", &[("case", case), ("revision", &revision)]).await)
}

/// Submits another revision, with another purpose.
pub async fn revised(visitor: &Visitor, purpose: &str) {
    let answer = visitor.post("/do/revise_submission", &[("case", CASE)]).await;
    assert_eq!(location(&answer), format!("/submissions/{CASE}"));
    save(visitor, &[("revision", "2"), ("purpose", purpose)]).await;
    assert_eq!(submit(visitor).await, SUBMITTED);
}

#[tokio::test]
async fn a_draft_is_written_checked_and_submitted() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        assert_eq!(add(&visitor, " Read:Items.Status ").await, PAGE);
        // The day after it is still there, and a second start goes on with it.
        app.clock.advance(Duration::days(1));
        let visitor = partner(app).await;
        start(&visitor).await;
        assert!(visitor.page(&format!("/submissions/{CASE}")).await.contains("Not started"));
        assert_eq!(save(&visitor, &[]).await, format!("/submissions/{CASE}"));
        let page = visitor.page(&format!("/submissions/{CASE}")).await;
        assert!(page.contains("Completed") && page.contains("Saved.") && page.contains("Cannot start yet"), "{page}");
        complete(&visitor, CASE).await;
        assert!(visitor.page(&format!("/submissions/{CASE}")).await.contains("Ready"));
        let page = visitor.page(&format!("/submissions/{CASE}/check")).await;
        assert!(page.contains("To show which debts are open") && page.contains("items.status"), "{page}");
        assert_eq!(submit(&visitor).await, SUBMITTED);
        let page = visitor.page(&format!("/submissions/{CASE}")).await;
        assert!(page.contains("Submitted Thu 19 Nov 2026; the boards have it"), "{page}");
        assert_eq!(app.log().await[0].kind, "submitted");
        let page = visitor.page(&format!("/submissions/{CASE}/check")).await;
        assert!(page.contains("What you submitted") && page.contains("To show which debts are open"), "{page}");
        assert!(!page.contains("/do/submit") && !page.contains(">Change<"), "nothing to change or send");
        // What was found then stands, whatever the rules would say today.
        app.clock.advance(Duration::days(400));
        let visitor = partner(app).await;
        assert!(!visitor.page(&format!("/submissions/{CASE}/check")).await.contains("still to come"));
        // What was submitted is fixed, and whoever comes back to its form is led to it.
        for page in [PAGE, &format!("{PAGE}/evidence"), &format!("/submissions/{CASE}/import")] {
            assert_eq!(location(&visitor.get(page).await), format!("/submissions/{CASE}"), "{page}");
        }
        save(&visitor, &[("revision", "2"), ("purpose", "Another")]).await;
        add(&visitor, "read:items.type").await;
        let page = visitor.page(&format!("/submissions/{CASE}")).await;
        assert!(page.contains("was submitted meanwhile") && !page.contains("read:items.type<"), "{page}");
        visitor.post("/do/submit", &[("case", CASE)]).await;
        assert_eq!(app.log().await.iter().filter(|event| event.kind == "submitted").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_the_catalogue_does_not_hold_is_refused_with_its_section_and_kept() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        for (typed, says) in [
            ("*", "§6"),
            ("report.*", "§6"),
            ("all", "§6"),
            (".All", "§6"),
            ("<any>", "Name one entry of the catalogue"),
            ("read:items", "read:items.status"),
            ("read:raw-report-text", "raw report text cannot be shared"),
            ("read:items.raw", "raw parsed items cannot be shared"),
            ("read:simulation-data", "§7"),
            ("read:simulations", "simulation data cannot be shared"),
            ("read:simulations.payload", "simulation data cannot be shared"),
            ("read:items.account_number", "raw parsed items cannot be shared"),
            ("read:intelligence.model", "intelligence data cannot be shared"),
            ("read:credit.score", "Choose a permission of the catalogue"),
            ("", "Choose a permission of the catalogue"),
        ] {
            assert_eq!(add(&visitor, typed).await, format!("/submissions/{CASE}"), "{typed}");
            let page = visitor.page(&format!("/submissions/{CASE}")).await;
            assert!(page.contains(says), "{typed}: {page}");
            assert!(!page.contains("<any>"), "inert");
        }
        add(&visitor, "read:items.status").await;
        add(&visitor, "read:items.status").await;
        assert!(visitor.page(&format!("/submissions/{CASE}")).await.contains("is declared already"));
    })
    .await;
}

#[tokio::test]
async fn what_is_forbidden_cannot_be_submitted_and_what_is_restricted_needs_a_reason() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "workflow:dispute.prepare").await;
        let page = format!("/submissions/{CASE}/permissions/workflow:dispute.prepare");
        let permission = ("permission", "workflow:dispute.prepare");
        let bad = [
            permission,
            ("fields[1]", "items.id"),
            ("fields[2]", "items.remarks"),
            ("retention", "96"),
            ("then", "check"),
        ];
        assert_eq!(save(&visitor, &bad).await, page);
        let shown = visitor.page(&page).await;
        for says in [
            "Remove items.remarks: raw parsed items cannot be shared with partners",
            "More than 24 hours is weighed by SCO",
            "Say why the boards should allow what is restricted",
            "PartnerIntegrationSpec\u{a0}§7",
            "PartnerComplianceSpec",
            "/policy#rule-PIS-7.forbidden-data",
            "1 forbidden",
        ] {
            assert!(shown.contains(says), "{says}: {shown}");
        }
        assert_eq!(submit(&visitor).await, format!("/submissions/{CASE}/check"));
        let shown = visitor.page(&format!("/submissions/{CASE}/check")).await;
        assert!(shown.contains("Mend what stands in the way of workflow:dispute.prepare"), "{shown}");
        let mended = [
            permission,
            ("revision", "2"),
            ("fields[1]", "items.id"),
            ("retention", "96"),
            ("reason", "The person comes back within days"),
        ];
        assert_eq!(save(&visitor, &mended).await, format!("/submissions/{CASE}"));
        assert!(visitor.page(&format!("/submissions/{CASE}")).await.contains("Restricted: the boards will weigh"));
        // What is kept for so long is kept somewhere, which is declared too.
        assert_eq!(submit(&visitor).await, format!("/submissions/{CASE}/check"));
        let shown = visitor.page(&format!("/submissions/{CASE}/check")).await;
        assert!(shown.contains("Mend what stands in the way of copy of the data"), "{shown}");
        let new = format!("/submissions/{CASE}/storage/new");
        let copy = [
            ("place", "Frankfurt"),
            ("permissions", "workflow:dispute.prepare"),
            ("retention_hours", "96"),
            ("readers", "Two engineers"),
        ];
        assert_eq!(save_part(&visitor, CASE, &new, "storage/0", &copy).await, format!("/submissions/{CASE}/storage"));
        submit(&visitor).await;
        assert!(visitor.page(&format!("/submissions/{CASE}")).await.contains("the boards have it"));
    })
    .await;
}

#[tokio::test]
async fn a_tier_opens_no_more_than_the_specification_says() {
    on_both(async |app| {
        // Copperline Legal is of tier 1.
        let visitor = app.signed_in("partner@copperline-legal.demo.example").await;
        visitor.post("/do/start_submission", &[("integration", "matter-file")]).await;
        add(&visitor, "workflow:letter.render").await;
        let page = visitor.page(&format!("/submissions/{CASE}/permissions/workflow:letter.render")).await;
        assert!(page.contains("it is for tier 2, and yours is 1") && page.contains("§3"), "{page}");
        assert!(visitor.page(&format!("/submissions/{CASE}")).await.contains("Needs changes"));
    })
    .await;
}

#[tokio::test]
async fn bad_answers_are_told_beside_their_field_and_kept() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
        let long = "x".repeat(10_000);
        let bad = [
            ("purpose", TYPED),
            ("narrower", &*long),
            ("consent", "Screen\u{202E}2"),
            ("retention", "a day"),
            ("until", "soon"),
            ("fields[7]", "items.*"),
        ];
        assert_eq!(save(&visitor, &bad).await, PAGE);
        let page = visitor.page(PAGE).await;
        for says in [
            "There are 5 problems",
            "Use at most 2000 characters; these are 10000",
            "Remove the invisible characters",
            "Enter whole hours, such as 24",
            "Enter a date, such as 2027-05-31",
            "Name a field like items.status",
            "&lt;script&gt;alert(1)&lt;/script&gt; what is open",
            &long,
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("<script>alert"));
        // A field that the entry does not offer is saved, shown and refused.
        save(&visitor, &[("fields[7]", "items.colour"), ("then", "check")]).await;
        assert!(visitor.page(PAGE).await.contains("Remove items.colour, which read:items.status does not offer"));
    })
    .await;
}

#[tokio::test]
async fn a_draft_in_two_tabs_loses_nothing() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
        assert_eq!(save(&visitor, &[("purpose", "The first tab")]).await, format!("/submissions/{CASE}"));
        assert_eq!(save(&visitor, &[("purpose", "The second tab")]).await, PAGE);
        let page = visitor.page(PAGE).await;
        assert!(page.contains("was changed in another tab") && page.contains("The second tab"), "{page}");
        assert!(page.contains("It says now: The first tab"), "{page}");
        assert!(page.contains("name=\"revision\" value=\"2\""));
    })
    .await;
}

#[tokio::test]
async fn what_was_checked_is_what_is_submitted() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
        save(&visitor, &[]).await;
        let checked = visitor.hidden(&format!("/submissions/{CASE}/check"), "revision").await;
        // A colleague changes something while it is looked at.
        save(&partner(app).await, &[("revision", "2"), ("purpose", "Something else altogether")]).await;
        let answer = visitor.post("/do/submit", &[("case", CASE), ("revision", &checked)]).await;
        assert_eq!(location(&answer), format!("/submissions/{CASE}/check"));
        let page = visitor.page(&format!("/submissions/{CASE}/check")).await;
        assert!(page.contains("was changed in another tab") && page.contains("Something else altogether"), "{page}");
        assert_eq!(submit(&visitor).await, SUBMITTED);
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_about_a_permission_that_is_taken_out_waits_until_it_is_added_again() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
        let remove = [("case", CASE), ("permission", "read:items.status"), ("revision", "1")];
        partner(app).await.post("/do/remove_permission", &remove).await;
        assert_eq!(save(&visitor, &[("purpose", "Typed at length")]).await, format!("/submissions/{CASE}"));
        let page = visitor.page(&format!("/submissions/{CASE}")).await;
        assert!(page.contains("was taken out in another tab") && page.contains("What you typed is kept"), "{page}");
        assert_eq!(add(&visitor, "read:items.status").await, PAGE);
        assert!(visitor.page(PAGE).await.contains("Typed at length"));
    })
    .await;
}

#[tokio::test]
async fn what_comes_after_a_colleague_submitted_is_told_so_first_and_shown_once() {
    on_both(async |app| {
        let (visitor, list) = (submitted(app).await, format!("/submissions/{CASE}"));
        assert_eq!(save(&visitor, &[("revision", "2"), ("purpose", "At length"), ("until", "31 Feb")]).await, list);
        let page = visitor.page(&list).await;
        for says in ["revision 1, was submitted meanwhile", "What you wrote was not sent", "At length", "31 Feb"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!visitor.page(&list).await.contains("At length"), "once");
        let fields = [("case", CASE), ("revision", "1"), ("manifest", "no manifest")];
        assert_eq!(location(&visitor.post("/do/import_manifest", &fields).await), list);
        let page = visitor.page(&list).await;
        assert!(page.contains("was submitted meanwhile") && page.contains("no manifest"), "{page}");
        visitor.post("/do/revise_submission", &[("case", CASE)]).await;
        assert!(visitor.page(PAGE).await.contains("At length"), "the form of the next revision holds it");
    })
    .await;
}

#[tokio::test]
async fn a_form_that_failed_before_a_colleague_submitted_leads_to_what_was_with_all_that_was_typed() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
        save(&visitor, &[]).await;
        let (list, key) = (format!("/submissions/{CASE}"), ("permission", "read:items.status"));
        let link = [("url", "https://docs.orbit.example/"), ("link_note", "Page 3"), ("link_dated_on", "31 Feb")];
        let failed = [
            (
                "save_permission",
                answers(&[("revision", "2"), ("purpose", "At length"), ("until", "31 Feb")]),
                PAGE.to_owned(),
            ),
            ("attach_link", [&[("case", CASE), key][..], &link[..]].concat(), format!("{PAGE}/evidence")),
            ("import_manifest", vec![("case", CASE), ("manifest", "no manifest")], format!("{list}/import")),
        ];
        for (verb, fields, page) in &failed {
            assert_eq!(location(&visitor.post(&format!("/do/{verb}"), fields).await), *page, "{verb}");
        }
        assert_eq!(submit(&partner(app).await).await, SUBMITTED);
        for ((_, _, form), typed) in failed.iter().zip(["At length", "Page 3", "no manifest"]) {
            assert_eq!(location(&visitor.get(form).await), list, "{form}");
            let page = visitor.page(&list).await;
            assert!(page.contains("PJ-2026-0001, revision 1, cannot be written any more"), "{form}: {page}");
            assert!(page.contains("What you wrote was not sent") && page.contains(typed), "{form}: {page}");
            assert_eq!(location(&visitor.get(form).await), list, "{form}");
            assert!(!visitor.page(&list).await.contains("cannot be written any more"), "{form}: it is said once");
        }

        // The same where the session ended over it.
        app.clock.advance(Duration::hours(3));
        assert!(save(&visitor, &[("purpose", "Overnight")]).await.starts_with("/sign-in?next="));
        let fields = [("email", "partner@orbit-crm.demo.example"), ("password", PASSWORD), ("next", PAGE)];
        assert_eq!(location(&visitor.post("/do/sign_in", &fields).await), PAGE);
        assert_eq!(location(&visitor.get(PAGE).await), list);
        let page = visitor.page(&list).await;
        assert!(page.contains("cannot be written any more") && page.contains("Overnight"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_partner_that_became_inactive_loses_nothing_that_was_typed() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
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
            let answer = admin.post("/do/edit_partner", &fields).await;
            assert_eq!(location(&answer), "/partners/orbit-crm");
        };
        set("inactive", "1").await;
        assert_eq!(save(&visitor, &[("purpose", "Typed at length")]).await, format!("/submissions/{CASE}"));
        assert!(visitor.page(&format!("/submissions/{CASE}")).await.contains("Orbit CRM is inactive now"));
        set("active", "2").await;
        assert!(visitor.page(PAGE).await.contains("Typed at length"));
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_in_the_middle_of_a_form_costs_no_character() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
        app.clock.advance(Duration::hours(3));
        let answer = save(&visitor, &[("purpose", TYPED), ("fields[0]", "items.id")]).await;
        assert!(answer.starts_with("/sign-in?next=/submissions/PJ-2026-0001/permissions/"), "{answer}");
        let fields = [("email", "partner@orbit-crm.demo.example"), ("password", PASSWORD), ("next", PAGE)];
        assert_eq!(location(&visitor.post("/do/sign_in", &fields).await), PAGE);
        let page = visitor.page(PAGE).await;
        for says in [
            "&lt;script&gt;alert(1)&lt;/script&gt; what is open",
            "There is none",
            "value=\"2027-03-31\"",
            "value=\"24\"",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(page.matches("checked><span><code>items.").count(), 2, "both fields are ticked");
    })
    .await;
}

#[tokio::test]
async fn what_no_database_keeps_is_bad_input_and_no_fault_of_ours() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
        for until in ["-9999-01-01", "+262142-12-31"] {
            assert_eq!(save(&visitor, &[("until", until)]).await, PAGE, "{until}");
            assert!(visitor.page(PAGE).await.contains("Enter a date, such as 2027-05-31"), "{until}");
        }
        let retention = save(&visitor, &[("retention", "4294967295"), ("then", "check")]).await;
        assert_eq!(retention, PAGE);
        assert!(visitor.page(PAGE).await.contains("longer is never allowed for this data"));
        for case in ["PJ\0", &"PJ-2026-0001\0".repeat(100), "PJ-99999999999-1", "PJ-2026-99999999999999999999"] {
            let owner = "01a1ee08-da40-7052-886b-6a9743bb32f9";
            for fields in [&[("case", case), ("permission", "x\0")][..], &[("case", case), ("owner", owner)]] {
                for verb in ["add_permission", "save_permission", "submit"] {
                    let status = visitor.post(&format!("/do/{verb}"), fields).await.status().as_u16();
                    assert!(matches!(status, 303 | 404), "{verb} {case:?}: {status}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_its_partners_alone() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
        for email in
            ["partner@helio-health.demo.example", "sco-1@demo.example", "admin@demo.example", "auditor@demo.example"]
        {
            let other = app.signed_in(email).await;
            for path in [&*format!("/submissions/{CASE}"), &*format!("/submissions/{CASE}/check"), PAGE] {
                assert_eq!(other.get(path).await.status(), 404, "{email} {path}");
            }
            for verb in ["add_permission", "save_permission", "remove_permission", "delete_submission", "submit"] {
                let fields = [("case", CASE), ("permission", "read:items.status"), ("revision", "1")];
                assert_eq!(other.post(&format!("/do/{verb}"), &fields).await.status(), 404, "{email} {verb}");
            }
        }
        let other = app.signed_in("partner@helio-health.demo.example").await;
        let answer = other.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        assert_eq!(answer.status(), 404, "another's integration is not there");
        assert!(!other.page("/submissions").await.contains("PJ-2026"));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_given_up_and_its_reference_never_used_again() {
    on_both(async |app| {
        let visitor = partner(app).await;
        start(&visitor).await;
        add(&visitor, "read:items.status").await;
        add(&visitor, "read:items.type").await;
        let remove = [("case", CASE), ("permission", "read:items.type"), ("revision", "1")];
        visitor.post("/do/remove_permission", &remove).await;
        let page = visitor.page(&format!("/submissions/{CASE}")).await;
        assert!(page.contains("read:items.type is taken out."), "{page}");
        // What was seen before the last change is not deleted.
        let delete = |revision: &'static str| [("case", CASE), ("revision", revision)];
        let answer = visitor.post("/do/delete_submission", &delete("2")).await;
        assert_eq!(location(&answer), format!("/submissions/{CASE}"));
        assert!(visitor.page(&format!("/submissions/{CASE}")).await.contains("was changed in another tab"));
        assert_eq!(location(&visitor.post("/do/delete_submission", &delete("4")).await), "/submissions");
        assert!(visitor.page("/submissions").await.contains("The draft PJ-2026-0001 is deleted."));
        assert_eq!(visitor.get(&format!("/submissions/{CASE}")).await.status(), 404);
        let answer = visitor.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        assert_eq!(location(&answer), "/submissions/PJ-2026-0002");
        assert!(visitor.page("/submissions").await.contains("Client Timeline, revision 1"));
    })
    .await;
}

#[tokio::test]
async fn two_who_start_at_once_write_one_draft() {
    on_both(async |app| {
        let visitor = partner(app).await;
        let tries = (0..8).map(|_| {
            let visitor = visitor.clone();
            tokio::spawn(async move {
                location(&visitor.post("/do/start_submission", &[("integration", "client-timeline")]).await)
            })
        });
        for each in tries.collect::<Vec<_>>() {
            assert_eq!(each.await.unwrap(), format!("/submissions/{CASE}"));
        }
    })
    .await;
}
