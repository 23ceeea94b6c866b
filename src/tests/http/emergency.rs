//! Suspending at once: what stops, who may, and how it ends.

use chrono::Duration;
use kwanus_service::{Caller, ballot::settle_due};
use kwanus_store::audit;

use crate::{
    app::{TestApp, Visitor, location, on_both},
    submission::{submitted, submitted_again, submitted_with_a_write},
};

const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";
const FORM: &str = "/partners/orbit-crm/client-timeline/suspension/emergency";
const CASE: &str = "EM-2026-0001";
const PARTNER: &str = "partner@orbit-crm.demo.example";
const READ: &str = "read:items.status";
const WRITE: &str = "write:disputes.selection";
const LEAK: &str = "Its server <b>leaks</b>";

/// Three of a board say the same of a case.
async fn all(app: &TestApp, case: &str, board: &str, position: &str) {
    for n in 1..=3 {
        let visitor = app.signed_in(&format!("{board}-{n}@demo.example")).await;
        let revision = visitor.hidden(&format!("/cases/{case}"), "revision").await;
        let fields = [("case", case), ("board", board), ("revision", &revision), ("position", position)];
        assert_eq!(visitor.post("/do/take_position", &fields).await.status(), 303, "{case} {board}-{n}");
    }
}

/// A read and a write are granted to Orbit CRM's timeline.
async fn granted(app: &TestApp) {
    submitted_with_a_write(app).await;
    for board in ["sco", "tsc"] {
        all(app, "PJ-2026-0001", board, "approve").await;
    }
}

/// Suspends at once, by the chair of SCO; answers where that leads.
async fn suspend(app: &TestApp, more: &[(&str, &str)]) -> String {
    let chair = app.signed_in("sco-chair@demo.example").await;
    location(&chair.post("/do/suspend_at_once", &fields(more)).await)
}

/// The form as it is sent for the whole integration, with some fields otherwise.
fn fields<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let fields = [
        ("partner", "orbit-crm"),
        ("integration", "client-timeline"),
        ("what", "integration"),
        ("reason", LEAK),
        ("has_read", "yes"),
    ];
    let fields = fields.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.chain(more.iter().copied()).collect()
}

/// Proposes to lift what is suspended, by its partner; answers where that leads.
async fn lift(app: &TestApp, more: &[(&str, &str)]) -> String {
    lift_as(&app.signed_in(PARTNER).await, more).await
}

async fn lift_as(partner: &Visitor, more: &[(&str, &str)]) -> String {
    let fields = [("partner", "orbit-crm"), ("integration", "client-timeline"), ("reason", "It was mended")];
    let fields: Vec<_> = fields.into_iter().chain(more.iter().copied()).collect();
    location(&partner.post("/do/propose_lift", &fields).await)
}

const ONE_GRANT: [(&str, &str); 2] = [("what", "grants"), ("permissions[0]", READ)];

/// The grants, as the page of the integration shows them.
async fn grants(visitor: &Visitor) -> String {
    let page = visitor.page(INTEGRATION).await;
    let (_, grants) = page.split_once("id=\"grants\"").unwrap();
    grants.split_once("</section>").unwrap().0.to_owned()
}

/// What the read and the write do now.
async fn effects(visitor: &Visitor) -> [String; 2] {
    let grants = grants(visitor).await;
    [READ, WRITE].map(|key| {
        let (_, row) = grants.split_once(&format!("<code>{key}</code>")).unwrap();
        row.split("class=\"tag").nth(1).unwrap().split(['<', '>']).nth(1).unwrap().to_owned()
    })
}

/// What happened of that kind.
async fn count(app: &TestApp, kind: &str) -> usize {
    let log = audit::list_newest(&mut app.db.read().await.unwrap(), 200).await.unwrap();
    log.iter().filter(|event| event.kind == kind).count()
}

#[tokio::test]
async fn a_chair_suspends_at_once_and_what_is_ratified_stays_until_it_is_lifted() {
    on_both(async |app| {
        granted(app).await;
        let chair = app.signed_in("sco-chair@demo.example").await;
        assert!(chair.page(INTEGRATION).await.contains(&format!("href=\"{FORM}\"")));
        let page = chair.page(FORM).await;
        assert!(page.contains("What stops for Orbit CRM") && page.contains("I have read what stops"), "{page}");
        assert!(page.contains("Wed 25 Nov 2026, 09:42 UTC"), "the week is counted to the minute: {page}");
        assert_eq!(suspend(app, &[]).await, format!("/cases/{CASE}"));

        let partner = app.signed_in(PARTNER).await;
        assert_eq!(effects(&partner).await, ["Suspended", "Suspended"], "before any vote");
        let page = partner.page(INTEGRATION).await;
        for says in [
            "Suspended at once, since Wed 18 Nov 2026, 09:42 UTC.",
            CASE,
            "Wed 25 Nov 2026, 09:42 UTC",
            "Its server &lt;b&gt;leaks&lt;/b&gt;",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let name = app.signed_in("sco-chair@demo.example").await.page("/account").await;
        let name = name.split("name=\"name\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert!(!name.is_empty() && !page.contains(&name), "a partner learns no names: {name}");
        assert!(!page.contains("/cases/") && !page.contains("suspension/emergency"), "{page}");
        assert!(partner.page("/").await.contains("Suspended"));

        let member = app.signed_in("cgb-1@demo.example").await;
        let docket = member.page("/docket").await;
        assert!(docket.contains(CASE) && docket.contains("Emergency suspension"), "{docket}");
        let page = member.page(&format!("/cases/{CASE}")).await;
        assert!(page.contains("In force since Wed 18 Nov 2026, 09:42 UTC"), "{page}");
        assert!(page.contains("It lapses by itself on Wed 25 Nov 2026, 09:42 UTC"), "{page}");

        all(app, CASE, "cgb", "approve").await;
        assert_eq!(effects(&partner).await, ["Suspended", "Suspended"]);
        let page = member.page(&format!("/cases/{CASE}")).await;
        assert!(page.contains("Ratified, Wed 18 Nov 2026, 09:42 UTC") && page.contains("is ratified"), "{page}");
        assert_eq!((count(app, "suspension_ratified").await, count(app, "suspension_lapsed").await), (1, 0));
        app.clock.advance(Duration::days(30));
        assert_eq!(settle_due(&app.db, &Caller::Operator).await.unwrap(), 0, "it lapses no more");
        let partner = app.signed_in(PARTNER).await;
        assert_eq!(effects(&partner).await, ["Suspended", "Suspended"]);
        assert!(partner.page(INTEGRATION).await.contains("Suspended since Wed 18 Nov 2026."));

        assert_eq!(lift(app, &[("what", "integration")]).await, INTEGRATION);
        all(app, "EM-2026-0002", "cgb", "approve").await;
        assert_eq!(effects(&partner).await, ["In force", "In force"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_declined_lapses_and_everything_is_as_it_was_before() {
    on_both(async |app| {
        granted(app).await;
        let partner = app.signed_in(PARTNER).await;
        let before = grants(&partner).await;
        for (case, more) in [(CASE, &[][..]), ("EM-2026-0002", &ONE_GRANT)] {
            assert_eq!(suspend(app, more).await, format!("/cases/{case}"));
            assert_ne!(grants(&partner).await, before);
            // Who takes part and approves nothing: three of five cannot approve any more.
            all(app, case, "cgb", "abstain").await;
            assert_eq!(grants(&partner).await, before, "{case}");
            let page = partner.page(INTEGRATION).await;
            assert!(!page.contains("Suspended at once"), "{page}");
            let page = app.signed_in("auditor@demo.example").await.page(&format!("/cases/{case}")).await;
            assert!(page.contains("Lapsed, Wed 18 Nov 2026, 09:42 UTC") && page.contains("has lapsed"), "{page}");
        }
        assert_eq!(count(app, "suspension_lapsed").await, 2);
        let records = app.signed_in("auditor@demo.example").await.page("/records?kind=EM").await;
        assert!(records.contains("emergency suspension of read:items.status"), "{records}");
        let admin = app.signed_in("admin@demo.example").await;
        let table = admin.post("/export/records.csv", &[("kind", "EM")]).await.text().await.unwrap();
        assert!(table.contains(",emergency,") && table.contains(",emergency read:items.status,"), "{table}");
    })
    .await;
}

#[tokio::test]
async fn what_leaks_waits_for_nothing_that_is_before_the_boards() {
    on_both(async |app| {
        granted(app).await;
        assert_eq!(suspend(app, &ONE_GRANT).await, format!("/cases/{CASE}"));
        all(app, CASE, "cgb", "approve").await;
        assert_eq!(lift(app, &ONE_GRANT).await, INTEGRATION, "its partner proposes to lift it");
        // A grant beside it, and then the whole.
        let other = [("what", "grants"), ("permissions[0]", WRITE)];
        assert_eq!(suspend(app, &other).await, "/cases/EM-2026-0003");
        assert_eq!(suspend(app, &[]).await, "/cases/EM-2026-0004");
        let partner = app.signed_in(PARTNER).await;
        let page = partner.page(INTEGRATION).await;
        for says in ["EM-2026-0002", "EM-2026-0003", "EM-2026-0004", "Every grant rests."] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(lift(app, &[("what", "integration")]).await, format!("{INTEGRATION}/suspension"));
        // What is lifted is lifted, and rests with the whole until that has lapsed.
        all(app, "EM-2026-0002", "cgb", "approve").await;
        assert_eq!(effects(&partner).await, ["Suspended", "Suspended"]);
        all(app, "EM-2026-0003", "cgb", "approve").await;
        app.clock.advance(Duration::days(7));
        assert_eq!(settle_due(&app.db, &Caller::Operator).await.unwrap(), 1);
        let partner = app.signed_in(PARTNER).await;
        assert_eq!(effects(&partner).await, ["In force", "Suspended"]);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_ratifies_lapses_by_itself_once_and_is_not_extended() {
    on_both(async |app| {
        granted(app).await;
        suspend(app, &[]).await;
        app.clock.advance(Duration::days(7) - Duration::seconds(1));
        assert_eq!(settle_due(&app.db, &Caller::Operator).await.unwrap(), 0);
        let partner = app.signed_in(PARTNER).await;
        assert_eq!(effects(&partner).await, ["Suspended", "Suspended"], "to the last second");
        app.clock.advance(Duration::seconds(1));
        assert_eq!(settle_due(&app.db, &Caller::Operator).await.unwrap(), 1);
        assert_eq!(effects(&partner).await, ["In force", "In force"]);
        app.clock.advance(Duration::days(30));
        assert_eq!(settle_due(&app.db, &Caller::Operator).await.unwrap(), 0);
        assert_eq!((count(app, "suspension_lapsed").await, count(app, "decided").await), (1, 2));
        let page = app.signed_in("auditor@demo.example").await.page(&format!("/cases/{CASE}")).await;
        assert!(page.contains("Lapsed, Wed 25 Nov 2026, 09:42 UTC"), "{page}");
        // Another day, another reason.
        assert_eq!(suspend(app, &[]).await, "/cases/EM-2026-0002");
    })
    .await;
}

#[tokio::test]
async fn a_single_grant_rests_and_the_others_go_on_until_it_is_lifted() {
    on_both(async |app| {
        granted(app).await;
        assert_eq!(suspend(app, &ONE_GRANT).await, format!("/cases/{CASE}"));
        let partner = app.signed_in(PARTNER).await;
        assert_eq!(effects(&partner).await, ["Suspended", "In force"]);
        let page = partner.page(INTEGRATION).await;
        assert!(page.contains("These grants rest, and the others go on: read:items.status."), "{page}");
        all(app, CASE, "cgb", "approve").await;
        assert_eq!(effects(&partner).await, ["Suspended", "In force"]);
        // What rests already is not suspended once more.
        let chair = app.signed_in("sco-chair@demo.example").await;
        let page = chair.page(FORM).await;
        assert!(page.contains(&format!("value=\"{WRITE}\"")) && !page.contains(&format!("value=\"{READ}\"")), "{page}");

        let page = partner.page(&format!("{INTEGRATION}/suspension")).await;
        assert!(page.contains(&format!("value=\"{READ}\"")) && !page.contains("The whole integration"), "{page}");
        assert_eq!(lift_as(&partner, &[("what", "integration")]).await, format!("{INTEGRATION}/suspension"));
        let page = partner.page(&format!("{INTEGRATION}/suspension")).await;
        assert!(page.contains("That cannot be chosen any more") && page.contains("It was mended"), "{page}");
        assert_eq!(lift(app, &ONE_GRANT).await, INTEGRATION);
        assert_eq!(effects(&partner).await, ["Suspended", "In force"], "until it is carried");
        all(app, "EM-2026-0002", "cgb", "approve").await;
        assert_eq!(effects(&partner).await, ["In force", "In force"]);
    })
    .await;
}

#[tokio::test]
async fn being_granted_anew_lifts_nothing() {
    on_both(async |app| {
        let partner = submitted(app).await;
        for board in ["sco", "tsc"] {
            all(app, "PJ-2026-0001", board, "approve").await;
        }
        suspend(app, &ONE_GRANT).await;
        submitted_again(&partner, "PJ-2026-0002").await;
        for board in ["sco", "tsc"] {
            all(app, "PJ-2026-0002", board, "approve").await;
        }
        let shown = grants(&partner).await;
        let (current, _) = shown.split_once("Grants that are over").unwrap();
        assert!(current.contains("PJ-2026-0002") && current.contains("Suspended"), "{current}");
        all(app, CASE, "cgb", "abstain").await;
        let shown = grants(&partner).await;
        assert!(shown.contains("In force") && !shown.contains("Suspended"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn only_the_chair_of_the_board_for_security_suspends_at_once() {
    on_both(async |app| {
        granted(app).await;
        for (who, status) in [
            ("sco-1@demo.example", 403),
            ("tsc-chair@demo.example", 403),
            ("cgb-chair@demo.example", 403),
            ("admin@demo.example", 403),
            ("auditor@demo.example", 403),
            (PARTNER, 404),
            ("partner@helio-health.demo.example", 404),
        ] {
            let visitor = app.signed_in(who).await;
            let answer = visitor.get(FORM).await;
            assert_eq!(answer.status(), status, "{who}");
            let page = answer.text().await.unwrap();
            assert_eq!(
                page.contains("Only the chair of the board for security and compliance"),
                status == 403,
                "{who}"
            );
            assert_eq!(visitor.post("/do/suspend_at_once", &fields(&[])).await.status(), status, "{who}");
            assert!(!visitor.page(INTEGRATION).await.contains(FORM), "{who}");
        }
        assert_eq!(app.visitor().post("/do/suspend_at_once", &fields(&[])).await.status(), 303);
        assert_eq!(count(app, "suspended_at_once").await, 0);
        let partner = app.signed_in(PARTNER).await;
        assert_eq!(effects(&partner).await, ["In force", "In force"]);
        // Whoever did so has no voice in it: SCO is told, and CGB decides.
        suspend(app, &[]).await;
        let chair = app.signed_in("sco-chair@demo.example").await;
        let page = chair.page(&format!("/cases/{CASE}")).await;
        assert!(!page.contains("/do/take_position"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_told_beside_its_field_and_everything_is_kept() {
    on_both(async |app| {
        granted(app).await;
        let chair = app.signed_in("sco-chair@demo.example").await;
        for (more, says) in [
            (&[("what", "")][..], "Choose the whole integration, or single grants"),
            (&[("what", "grants")], "Choose one grant at least"),
            (&[("what", "grants"), ("permissions[0]", "read:items.type")], "read:items.type cannot be chosen any more"),
            (&[("has_read", "")], "Read what stops, and confirm that you did"),
        ] {
            let answer = chair.post("/do/suspend_at_once", &fields(more)).await;
            assert_eq!(location(&answer), FORM);
            let page = chair.page(FORM).await;
            assert!(page.contains(says) && page.contains("There is 1 problem"), "{says}: {page}");
            assert!(page.contains("Its server &lt;b&gt;leaks&lt;/b&gt;"), "{says} keeps the reason: {page}");
        }
        let nothing = [("what", ""), ("reason", " "), ("has_read", "")];
        chair.post("/do/suspend_at_once", &fields(&nothing)).await;
        assert!(chair.page(FORM).await.contains("There are 3 problems"));
        assert_eq!(count(app, "suspended_at_once").await, 0);
    })
    .await;
}

#[tokio::test]
async fn two_chairs_at_once_open_one_case() {
    on_both(async |app| {
        granted(app).await;
        let (one, two) = (app.signed_in("sco-chair@demo.example").await, app.signed_in("sco-chair@demo.example").await);
        let (typed, again) = (fields(&[]), fields(&[("reason", "Seen by both")]));
        let answers = tokio::join!(one.post("/do/suspend_at_once", &typed), two.post("/do/suspend_at_once", &again));
        let mut led = [location(&answers.0), location(&answers.1)];
        led.sort();
        assert_eq!(led, [format!("/cases/{CASE}"), FORM.to_owned()]);
        let late = if location(&answers.0) == FORM { &one } else { &two };
        let page = late.page(FORM).await;
        assert!(
            page.contains("Nothing can be suspended now") && page.contains("The integration is suspended already"),
            "{page}"
        );
        assert!(page.contains("What you wrote was not sent"), "{page}");
        assert_eq!((count(app, "suspended_at_once").await, count(app, "suspended").await), (1, 1));
        all(app, CASE, "cgb", "approve").await;
        let page = one.page(FORM).await;
        assert!(page.contains("The integration is suspended already"), "{page}");
    })
    .await;
}
