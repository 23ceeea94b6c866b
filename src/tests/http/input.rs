//! Whatever people type, in whatever script and at whatever length: it is kept or refused, and never does anything.

use chrono::{DateTime, Duration, Utc};
use kwanus_service::{Caller, review};

use crate::{
    app::{PASSWORD, TestApp, Visitor, location, on_both},
    submission::{answers, complete, submitted},
};

const ADMIN: &str = "admin@demo.example";
const AUDITOR: &str = "auditor@demo.example";
const MEMBER: &str = "sco-1@demo.example";
const PROPOSER: &str = "tsc-4@demo.example";
const PARTNER: &str = "partner@orbit-crm.demo.example";

const CASE: &str = "PJ-2026-0001";
const CASE_PAGE: &str = "/cases/PJ-2026-0001";
const SUBMISSION: &str = "/submissions/PJ-2026-0001";
const CHECK: &str = "/submissions/PJ-2026-0001/check";
const PERMISSION: &str = "/submissions/PJ-2026-0001/permissions/read:items.status";
const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";
const TO_MAINTENANCE: &str = "/partners/orbit-crm/client-timeline/transitions/maintenance";
const TO_DEPRECATION: &str = "/partners/helio-health/claims-reader/transitions/deprecation";
const EDIT_PARTNER: &str = "/admin/partners/orbit-crm";
const RULE: &str = "/admin/boards/sco/rules/api_permission";
const INTEGRATIONS: &str = "/admin/partners/orbit-crm/integrations";
const EDIT_INTEGRATION: &str = "/admin/partners/orbit-crm/integrations/client-timeline";

const TYPED: &str = "\"'><script>alert(1)</script><b>x</b>";
/// The same in an address of mail, and in the address of a page.
const MAIL: &str = "<script>alert(1)</script><b>x</b>@x.example";
const QUERY: &str = "%22%27%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cb%3Ex%3C/b%3E";
/// What all of them have in common, as it stands in a page: inert.
const SHOWN: &str = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;x&lt;/b&gt;";

const TOPICS: [&str; 6] = ["notice", "migration", "compatibility", "testing", "rollback", "fallback"];
const QUESTIONS: [&str; 6] = ["purpose", "narrower", "consent", "deletion", "if_refused", "reason"];

const HEBREW: &str = "לבדוק את מצב החוב";
const PERSIAN: &str = "محمد رضا";
const INVISIBLE: &str = "Remove the invisible characters";

/// What reads as a short name, and is more than any number that we keep.
const NUMBER: &str = "9999999999999999999";

/// A list that takes something from its address.
struct List {
    email: &'static str,
    path: &'static str,
    /// The filters that say so where they are not understood.
    told: &'static [&'static str],
    others: &'static [&'static str],
}

const LISTS: [List; 21] = [
    List { email: MEMBER, path: "/cases", told: &["state", "kind", "board", "partner"], others: &["q", "after"] },
    List {
        email: ADMIN,
        path: "/records",
        told: &["outcome", "kind", "board", "partner", "from", "until"],
        others: &["after"],
    },
    List { email: AUDITOR, path: "/audit", told: &["kind", "who", "case", "from", "until"], others: &["after"] },
    List { email: MEMBER, path: "/reviews", told: &[], others: &["year"] },
    List { email: MEMBER, path: "/reviews/2026-q4", told: &[], others: &["state", "after"] },
    List {
        email: MEMBER,
        path: "/docket",
        told: &["show", "kind", "finding", "tier", "board"],
        others: &["q", "after", "open", "live"],
    },
    List { email: MEMBER, path: "/docket/approve", told: &[], others: &["case", "q"] },
    List { email: MEMBER, path: CASE_PAGE, told: &[], others: &["after"] },
    List { email: MEMBER, path: "/partners", told: &[], others: &["after"] },
    List { email: MEMBER, path: "/partners/orbit-crm", told: &[], others: &["after"] },
    List { email: ADMIN, path: "/admin/people", told: &[], others: &["after", "q", "who"] },
    List { email: ADMIN, path: "/admin/partners", told: &[], others: &["after"] },
    List { email: ADMIN, path: "/admin/catalogue", told: &[], others: &["after"] },
    List { email: ADMIN, path: "/admin/catalogue/proposals", told: &[], others: &["after"] },
    List { email: ADMIN, path: "/admin/boards/history", told: &[], others: &["after"] },
    List { email: ADMIN, path: "/admin/boards/proposals", told: &[], others: &["after"] },
    List { email: ADMIN, path: INTEGRATIONS, told: &[], others: &["after"] },
    List { email: PARTNER, path: "/submissions", told: &[], others: &["after"] },
    List { email: PARTNER, path: "/submissions/new", told: &[], others: &["integration"] },
    List { email: "", path: "/deprecations", told: &[], others: &["after"] },
    List { email: "", path: "/sign-in", told: &[], others: &["next"] },
];

type Fields = &'static [(&'static str, &'static str)];

/// A form that somebody is writing as their session ends.
struct Form {
    email: &'static str,
    verb: &'static str,
    page: &'static str,
    /// What the log would know of, had it been done.
    event: &'static str,
    carried: Fields,
    typed: Fields,
}

const FORMS: [Form; 12] = [
    Form {
        email: MEMBER,
        verb: "take_position",
        page: CASE_PAGE,
        event: "position_taken",
        carried: &[
            ("case", CASE),
            ("board", "sco"),
            ("revision", "1"),
            ("position", "object"),
            ("concerns[0]", "what it reads"),
        ],
        typed: &[("reason", "Nobody says who reads it")],
    },
    Form {
        email: MEMBER,
        verb: "ask_for_change",
        page: CASE_PAGE,
        event: "changes_requested",
        carried: &[("case", CASE), ("board", "sco"), ("about", "whole")],
        typed: &[("text", "Say who reads the timeline")],
    },
    Form {
        email: PROPOSER,
        verb: "propose_transition",
        page: TO_MAINTENANCE,
        event: "transition_proposed",
        carried: &[("partner", "orbit-crm"), ("integration", "client-timeline"), ("to", "maintenance")],
        typed: &[("reason", "Nobody mends it any more")],
    },
    Form {
        email: PROPOSER,
        verb: "propose_transition",
        page: TO_DEPRECATION,
        event: "transition_proposed",
        carried: &[("partner", "helio-health"), ("integration", "claims-reader"), ("to", "deprecation")],
        typed: &[
            ("reason", "It has a successor by now"),
            ("notice", "It ends within two years"),
            ("migration", "Claims move by themselves"),
            ("compatibility", "Both run side by side"),
            ("testing", "Forty people try it first"),
            ("rollback", "The old one stays installed"),
            ("fallback", "Claims stay readable"),
            ("window", "23"),
        ],
    },
    Form {
        email: ADMIN,
        verb: "edit_partner",
        page: EDIT_PARTNER,
        event: "partner_edited",
        carried: &[("partner", "orbit-crm"), ("revision", "1"), ("tier", "2"), ("status", "active")],
        typed: &[
            ("name", "Orbit of Two Moons"),
            ("slug", "orbit-two"),
            ("technical_name", "Tova Moon"),
            ("technical_email", "tova@two-moons.example"),
            ("security_name", "Selma Moon"),
            ("security_email", "selma@two-moons.example"),
            ("compliance_name", "Clara Moon"),
            ("compliance_email", "clara@two-moons.example"),
        ],
    },
    Form {
        email: ADMIN,
        verb: "edit_integration",
        page: EDIT_INTEGRATION,
        event: "integration_edited",
        carried: &[("partner", "orbit-crm"), ("integration", "client-timeline"), ("revision", "1"), ("api", "on")],
        typed: &[("name", "Timeline of Two Moons"), ("slug", "timeline-two"), ("description", "Shows both moons")],
    },
    Form {
        email: ADMIN,
        verb: "add_integration",
        page: INTEGRATIONS,
        event: "integration_added",
        carried: &[("partner", "orbit-crm"), ("api", "on")],
        typed: &[("name", "Third Moon"), ("slug", "third-moon"), ("description", "Shows a third moon")],
    },
    Form {
        email: ADMIN,
        verb: "add_person",
        page: "/admin/people",
        event: "person_added",
        carried: &[("role", "partner")],
        typed: &[
            ("name", "Nora of Two Seas"),
            ("email", "nora@two-seas.example"),
            ("until", "2027-05-31"),
            ("partner", "two-seas"),
        ],
    },
    Form {
        email: ADMIN,
        verb: "propose_change",
        page: "/admin/catalogue/new",
        event: "catalogue_change_proposed",
        carried: &[("what", "add"), ("version", "1"), ("layer", "api"), ("tier", "1")],
        typed: &[
            ("key", "read:items.moons"),
            ("title", "How many moons an item has"),
            ("fields", "items.moons item_summary"),
            ("reason", "Two moons asked for it"),
        ],
    },
    Form {
        email: ADMIN,
        verb: "propose_rule",
        page: RULE,
        event: "board_change_proposed",
        carried: &[
            ("board", "sco"),
            ("route", "api_permission"),
            ("version", "1"),
            ("part", "decides"),
            ("threshold", "count"),
            ("objection_blocks", "yes"),
            ("suspends_overdue", "no"),
        ],
        typed: &[("number", "17"), ("days", "83"), ("minimum_days", "29"), ("reason", "Two moons asked for it")],
    },
    Form {
        email: ADMIN,
        verb: "propose_appointment",
        page: "/admin/boards/sco",
        event: "board_change_proposed",
        carried: &[("board", "sco")],
        typed: &[
            ("person", "nora@two-seas.example"),
            ("from", "2027-02-03"),
            ("until", "2029-05-31"),
            ("reason", "Two seas asked for it"),
        ],
    },
    Form {
        email: ADMIN,
        verb: "schedule_campaign",
        page: "/reviews/2027-q1",
        event: "campaign_scheduled",
        carried: &[("campaign", "2027-q1"), ("revision", "1")],
        typed: &[("opens_on", "2027-01-12"), ("closes_on", "2027-01-30")],
    },
];

/// Somebody who has signed in, or nobody.
async fn somebody(app: &TestApp, email: &str) -> Visitor {
    if email.is_empty() { app.visitor() } else { app.signed_in(email).await }
}

/// Looks on a page for what was typed: as text at least so often, as markup never.
async fn is_inert(visitor: &Visitor, path: &str, at_least: usize) {
    let answer = visitor.get(path).await;
    assert_eq!(answer.status(), 200, "{path}");
    let page = answer.text().await.unwrap();
    assert!(!page.contains("<script>alert(1)") && !page.contains("<b>x</b>"), "{path}: {page}");
    let times = page.matches(SHOWN).count();
    assert!(times >= at_least, "{path} shows it {times} times and not {at_least}: {page}");
}

/// The same on several pages, each as somebody reads it.
async fn are_inert(app: &TestApp, pages: &[(&str, &str, usize)]) {
    for (email, path, at_least) in pages {
        is_inert(&somebody(app, email).await, path, *at_least).await;
    }
}

/// Orbit CRM's user with a draft for its timeline, in which nothing is answered yet.
async fn draft(app: &TestApp) -> Visitor {
    let partner = app.signed_in(PARTNER).await;
    partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
    partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.status")]).await;
    partner
}

async fn save(partner: &Visitor, more: &[(&str, &str)]) -> String {
    location(&partner.post("/do/save_permission", &answers(more)).await)
}

async fn submit(partner: &Visitor) {
    complete(partner, CASE).await;
    let revision = partner.hidden(SUBMISSION, "revision").await;
    let answer = partner.post("/do/submit", &[("case", CASE), ("revision", &revision)]).await;
    assert_eq!(location(&answer), format!("{SUBMISSION}/submitted"));
}

async fn say(visitor: &Visitor, case: &str, board: &str, position: &str, reason: &str) {
    let fields = [
        ("case", case),
        ("board", board),
        ("revision", "1"),
        ("position", position),
        ("reason", reason),
        ("concerns[0]", "what it reads"),
    ];
    let status = visitor.post("/do/take_position", &fields).await.status();
    assert_eq!(status, 303, "{case} {board} {position}");
}

/// Three of each of these boards say the same of a case.
async fn all(app: &TestApp, case: &str, boards: &[&str], position: &str, reason: &str) {
    for board in boards {
        for n in 1..=3 {
            let visitor = app.signed_in(&format!("{board}-{n}@demo.example")).await;
            say(&visitor, case, board, position, reason).await;
        }
    }
}

/// Proposes a step of Orbit CRM's timeline.
async fn propose(visitor: &Visitor, to: &str, more: &[(&str, &str)]) {
    let fields = [("partner", "orbit-crm"), ("integration", "client-timeline"), ("to", to), ("reason", TYPED)];
    let fields: Vec<_> = fields.into_iter().chain(more.iter().copied()).collect();
    assert_eq!(location(&visitor.post("/do/propose_transition", &fields).await), INTEGRATION, "{to}");
}

/// Edits Orbit CRM as it was registered; answers where that leads.
async fn rename_partner(admin: &Visitor, name: &str, contacts: &[(&str, &str)]) -> String {
    let fields = [
        ("partner", "orbit-crm"),
        ("revision", "1"),
        ("name", name),
        ("slug", "orbit-crm"),
        ("tier", "2"),
        ("status", "active"),
    ];
    let fields: Vec<_> = fields.into_iter().chain(contacts.iter().copied()).collect();
    location(&admin.post("/do/edit_partner", &fields).await)
}

#[tokio::test]
async fn script_tags_are_inert_in_every_field() {
    on_both(async |app| {
        let partner = draft(app).await;
        assert_eq!(save(&partner, &QUESTIONS.map(|name| (name, TYPED))).await, SUBMISSION);
        are_inert(app, &[(PARTNER, PERMISSION, 6), (PARTNER, CHECK, 6)]).await;
        submit(&partner).await;
        let member = app.signed_in(PROPOSER).await;
        say(&member, CASE, "tsc", "object", TYPED).await;
        let of_the_case = [
            (PARTNER, CHECK, 6),
            (PARTNER, SUBMISSION, 1),
            (MEMBER, CASE_PAGE, 6),
            (AUDITOR, CASE_PAGE, 6),
            (PROPOSER, CASE_PAGE, 7),
        ];
        are_inert(app, &of_the_case).await;

        propose(&member, "maintenance", &[]).await;
        all(app, "LT-2026-0001", &["tsc", "sco", "erc"], "approve", "").await;
        let plan: Vec<_> = TOPICS.map(|topic| (topic, TYPED)).into_iter().chain([("window", "6")]).collect();
        propose(&member, "deprecation", &plan).await;
        all(app, "LT-2026-0002", &["tsc", "sco", "erc", "cgb"], "approve", TYPED).await;
        let of_the_steps = [
            (MEMBER, "/cases/LT-2026-0001", 1),
            (MEMBER, "/cases/LT-2026-0002", 7),
            (PARTNER, INTEGRATION, 0),
            (AUDITOR, "/records", 0),
            (AUDITOR, "/audit", 0),
            ("", "/deprecations", 3),
        ];
        are_inert(app, &of_the_steps).await;
    })
    .await;
}

#[tokio::test]
async fn script_tags_are_inert_in_every_name() {
    on_both(async |app| {
        submitted(app).await;
        let admin = app.signed_in(ADMIN).await;
        let contacts = [
            ("technical_name", TYPED),
            ("technical_email", MAIL),
            ("security_name", TYPED),
            ("security_email", MAIL),
            ("compliance_name", TYPED),
            ("compliance_email", MAIL),
        ];
        assert_eq!(rename_partner(&admin, TYPED, &contacts).await, "/partners/orbit-crm");
        let integration = [
            ("partner", "orbit-crm"),
            ("integration", "client-timeline"),
            ("revision", "1"),
            ("name", TYPED),
            ("slug", "client-timeline"),
            ("api", "on"),
            ("workflow", "on"),
            ("extension", "on"),
            ("description", TYPED),
        ];
        assert_eq!(location(&admin.post("/do/edit_integration", &integration).await), INTEGRATION);
        admin.post("/do/add_person", &[("name", TYPED), ("email", MAIL), ("role", "auditor")]).await;
        let member = app.signed_in(PROPOSER).await;
        member.post("/do/change_name", &[("name", TYPED), ("revision", "1")]).await;
        say(&member, CASE, "tsc", "approve", "").await;

        let pages = [
            (PARTNER, "/", 4),
            (PARTNER, "/partners/orbit-crm", 8),
            (PARTNER, INTEGRATION, 5),
            (PARTNER, "/submissions", 1),
            (PARTNER, "/submissions/new", 1),
            (PARTNER, SUBMISSION, 2),
            (MEMBER, "/docket", 2),
            (MEMBER, "/cases", 2),
            (MEMBER, CASE_PAGE, 4),
            (MEMBER, "/partners", 1),
            (MEMBER, "/overview", 0),
            (AUDITOR, "/audit?kind=position_taken", 1),
            (ADMIN, "/admin/partners", 1),
            (ADMIN, EDIT_PARTNER, 2),
            (ADMIN, INTEGRATIONS, 2),
            (ADMIN, EDIT_INTEGRATION, 2),
            (ADMIN, "/admin/people", 4),
            (PROPOSER, "/account", 1),
            ("", "/sign-in", 1),
        ];
        are_inert(app, &pages).await;
        let auditor = app.signed_in(AUDITOR).await;
        for kind in ["partner_edited", "integration_edited", "person_renamed"] {
            let log = auditor.page(&format!("/audit?kind={kind}")).await;
            let event = log.split("href=\"/audit/").nth(1).unwrap().split('"').next().unwrap();
            is_inert(&auditor, &format!("/audit/{event}"), 1).await;
        }
    })
    .await;
}

#[tokio::test]
async fn script_tags_are_inert_in_what_a_review_finds_and_a_suspension_says() {
    on_both(async |app| {
        submitted(app).await;
        all(app, CASE, &["tsc", "sco"], "approve", TYPED).await;
        app.clock.advance("2027-02-01T09:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.now());
        review::open_due(&app.db, &Caller::Operator).await.unwrap();
        all(app, "QR-2027-0004", &["tsc", "erc"], "continue", "").await;
        all(app, "QR-2027-0004", &["sco"], "suspend", TYPED).await;
        all(app, "EM-2027-0001", &["cgb"], "approve", TYPED).await;
        let partner = app.signed_in(PARTNER).await;
        let lift =
            [("partner", "orbit-crm"), ("integration", "client-timeline"), ("what", "integration"), ("reason", TYPED)];
        assert_eq!(location(&partner.post("/do/propose_lift", &lift).await), INTEGRATION);
        let pages = [
            (MEMBER, "/cases/QR-2027-0004", 0),
            (MEMBER, "/cases/EM-2027-0001", 3),
            (MEMBER, "/cases/EM-2027-0002", 1),
            (MEMBER, "/reviews/2027-q1", 0),
            (PARTNER, INTEGRATION, 1),
            (AUDITOR, "/records?kind=EM", 0),
        ];
        are_inert(app, &pages).await;
    })
    .await;
}

#[tokio::test]
async fn script_tags_are_inert_in_forms_that_come_back() {
    on_both(async |app| {
        draft(app).await;
        let answered = answers(&[("fields[1]", TYPED), ("retention", TYPED), ("until", TYPED)]);
        let partner =
            [("name", TYPED), ("slug", TYPED), ("tier", TYPED), ("status", TYPED), ("technical_email", TYPED)];
        let integration = [
            ("partner", "orbit-crm"),
            ("integration", "client-timeline"),
            ("name", TYPED),
            ("slug", TYPED),
            ("description", TYPED),
        ];
        let member = [("name", TYPED), ("email", TYPED), ("role", "member"), ("board", TYPED), ("until", TYPED)];
        let user = [("name", TYPED), ("email", TYPED), ("role", "partner"), ("partner", TYPED)];
        let dates = [("campaign", "2027-q1"), ("revision", "1"), ("opens_on", TYPED), ("closes_on", TYPED)];
        let rule = [
            ("board", "sco"),
            ("route", "api_permission"),
            ("version", "1"),
            ("threshold", "count"),
            ("number", TYPED),
            ("days", TYPED),
            ("minimum_days", TYPED),
            ("reason", TYPED),
        ];
        let appointed = [("board", "sco"), ("person", TYPED), ("from", TYPED), ("until", TYPED), ("reason", TYPED)];
        for (email, verb, page, at_least, fields) in [
            (PARTNER, "start_submission", "/submissions/new", 0, &[("integration", TYPED)][..]),
            (PARTNER, "add_permission", SUBMISSION, 1, &[("case", CASE), ("permission", TYPED)]),
            (PARTNER, "save_permission", PERMISSION, 2, &answered),
            (ADMIN, "add_partner", "/admin/partners", 3, &partner),
            (ADMIN, "edit_integration", EDIT_INTEGRATION, 3, &integration),
            (ADMIN, "add_person", "/admin/people", 3, &member),
            (ADMIN, "add_person", "/admin/people", 3, &user),
            (ADMIN, "schedule_campaign", "/reviews/2027-q1", 2, &dates),
            (ADMIN, "propose_rule", RULE, 4, &rule),
            (ADMIN, "propose_appointment", "/admin/boards/sco", 4, &appointed),
            ("", "sign_in", "/sign-in", 1, &[("email", TYPED), ("password", "x")]),
        ] {
            let visitor = somebody(app, email).await;
            assert_eq!(location(&visitor.post(&format!("/do/{verb}"), fields).await), page, "{verb}");
            is_inert(&visitor, page, at_least).await;
        }
    })
    .await;
}

#[tokio::test]
async fn script_tags_are_inert_in_the_filters_of_an_address() {
    on_both(async |app| {
        submitted(app).await;
        for list in &LISTS {
            let names = list.told.iter().chain(list.others);
            let query: Vec<_> = names.map(|name| format!("{name}={QUERY}")).collect();
            let path = format!("{}?{}", list.path, query.join("&"));
            is_inert(&somebody(app, list.email).await, &path, usize::from(!list.told.is_empty())).await;
        }
    })
    .await;
}

#[tokio::test]
async fn text_from_right_to_left_is_kept_and_shown() {
    on_both(async |app| {
        let partner = draft(app).await;
        assert_eq!(save(&partner, &[("purpose", "To\u{200B}show")]).await, PERMISSION);
        let page = partner.page(PERMISSION).await;
        assert!(page.contains(INVISIBLE) && page.contains("To\u{200B}show"), "{page}");
        assert_eq!(save(&partner, &[("purpose", HEBREW), ("narrower", PERSIAN)]).await, SUBMISSION);
        let page = partner.page(PERMISSION).await;
        assert!(page.contains(HEBREW) && page.contains(PERSIAN), "{page}");
        submit(&partner).await;

        let member = app.signed_in(MEMBER).await;
        let page = member.page(CASE_PAGE).await;
        assert!(page.contains(HEBREW) && page.contains(PERSIAN), "{page}");
        say(&member, CASE, "sco", "object", "Too\u{200B}broad").await;
        let page = member.page(CASE_PAGE).await;
        assert!(page.contains(INVISIBLE) && page.contains("Too\u{200B}broad"), "{page}");
        say(&member, CASE, "sco", "object", PERSIAN).await;
        assert!(member.page(CASE_PAGE).await.contains(PERSIAN));
        assert!(partner.page(SUBMISSION).await.contains(PERSIAN), "its partner reads what is objected to");

        let admin = app.signed_in(ADMIN).await;
        assert_eq!(rename_partner(&admin, "Orbit\u{200B}CRM", &[]).await, EDIT_PARTNER);
        let page = admin.page(EDIT_PARTNER).await;
        assert!(page.contains(INVISIBLE) && page.contains("value=\"Orbit\u{200B}CRM\""), "{page}");
        assert_eq!(rename_partner(&admin, PERSIAN, &[]).await, "/partners/orbit-crm");
        assert!(member.page("/partners/orbit-crm").await.contains(PERSIAN));
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_characters_are_refused_with_what_was_typed_kept() {
    let long = "ж".repeat(10_000);
    let says = "Use at most 2000 characters; these are 10000";
    on_both(async |app| {
        let partner = draft(app).await;
        assert_eq!(save(&partner, &[("purpose", &long)]).await, PERMISSION);
        let page = partner.page(PERMISSION).await;
        assert!(page.contains(says) && page.contains(&long));
        assert!(!partner.page(PERMISSION).await.contains(&long), "it is not in the draft");
        assert_eq!(save(&partner, &[]).await, SUBMISSION);
        submit(&partner).await;

        let member = app.signed_in(MEMBER).await;
        say(&member, CASE, "sco", "object", &long).await;
        let page = member.page(CASE_PAGE).await;
        assert!(page.contains(says) && page.contains(&long));
        assert!(!member.page(CASE_PAGE).await.contains(&long), "it is no position");
        assert!(!app.log().await.iter().any(|event| event.kind == "position_taken"));
    })
    .await;
}

#[tokio::test]
async fn unknown_and_hostile_filter_values_are_told_and_never_fail() {
    let long = "a".repeat(60_000);
    let values = ["%00", "'", "%27%3B--", "%25", "%FF", "%F0%9F%92%A9", "-1", NUMBER, &long];
    on_both(async |app| {
        submitted(app).await;
        for list in &LISTS {
            let visitor = somebody(app, list.email).await;
            for query in ["", "&&=", "q&q&q", "%00=%00", "__path=/do/sign_in&__err=x", "after=0.0&after="] {
                let status = visitor.get(&format!("{}?{query}", list.path)).await.status().as_u16();
                assert!(matches!(status, 200 | 400), "{}?{query}: {status}", list.path);
            }
            for name in list.told.iter().chain(list.others) {
                for value in values {
                    let answer = visitor.get(&format!("{}?{name}={value}", list.path)).await;
                    let status = answer.status().as_u16();
                    let what = format!("{}?{name}={}: {status}", list.path, &value[..value.len().min(20)]);
                    assert!(matches!(status, 200 | 400), "{what}");
                    let is_known = *name == "partner" && value == NUMBER;
                    if status == 200 && list.told.contains(name) && !is_known {
                        let page = answer.text().await.unwrap();
                        assert!(page.contains(&format!("says of {name} is not known")), "{what}");
                    }
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_mid_form_loses_nothing_in_any_form() {
    // In a line of text it stands in quotes, in a text of several lines on a line of its own.
    let is_in =
        |page: &str, value: &str| page.contains(&format!("\"{value}\"")) || page.contains(&format!("\n{value}"));
    on_both(async |app| {
        submitted(app).await;
        let mut tx = app.db.write().await.unwrap();
        tx.query("UPDATE integration SET stage = 'maintenance' WHERE slug = 'claims-reader'").execute().await.unwrap();
        tx.commit().await.unwrap();
        for form in &FORMS {
            let what = format!("{} on {}", form.verb, form.page);
            let visitor = app.signed_in(form.email).await;
            app.clock.advance(Duration::hours(2));
            let fields: Vec<_> = form.carried.iter().chain(form.typed).copied().collect();
            let door = location(&visitor.post(&format!("/do/{}", form.verb), &fields).await);
            assert_eq!(door, format!("/sign-in?next={}", form.page), "{what}");
            let page = visitor.page(&door).await;
            for (name, value) in form.typed {
                assert!(!is_in(&page, value), "{what}: nobody who has not signed in sees {name}");
            }
            let credentials = [("email", form.email), ("password", PASSWORD), ("next", form.page)];
            assert_eq!(location(&visitor.post("/do/sign_in", &credentials).await), form.page, "{what}");
            let page = visitor.page(form.page).await;
            assert!(page.contains("You were signed out while you were writing. Nothing was sent"), "{what}: {page}");
            for (name, value) in form.typed {
                assert!(is_in(&page, value), "{what} keeps {name}: {page}");
            }
            let page = visitor.page(form.page).await;
            for (name, value) in form.typed {
                assert!(!is_in(&page, value), "{what} has not changed {name}: {page}");
            }
            let is_done =
                |event: &kwanus_store::audit::EventRow| event.kind == form.event && event.actor_kind == "person";
            assert!(!app.log().await.iter().any(is_done), "{what} was not done");
        }
    })
    .await;
}
