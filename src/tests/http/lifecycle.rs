//! Moving an integration through its life: proposals, the final word, windows, and what a stage does to grants.

use chrono::{Duration, Months};

use crate::{
    app::{TestApp, Visitor, location, on_both},
    submission::{submitted, submitted_with_a_write},
};

const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";
const TEXTS: [&str; 6] = ["notice", "migration", "compatibility", "testing", "rollback", "fallback"];

/// Proposes a step of Orbit CRM's timeline; answers where that leads.
async fn propose(visitor: &Visitor, to: &str, more: &[(&str, &str)]) -> String {
    let fields: Vec<_> = [
        ("partner", "orbit-crm"),
        ("integration", "client-timeline"),
        ("to", to),
        ("reason", "It has a <b>successor</b>"),
    ]
    .into_iter()
    .filter(|(name, _)| more.iter().all(|(other, _)| other != name))
    .chain(more.iter().copied())
    .collect();
    location(&visitor.post("/do/propose_transition", &fields).await)
}

fn plan() -> Vec<(&'static str, &'static str)> {
    TEXTS.into_iter().map(|name| (name, "As agreed with those who use it")).chain([("window", "6")]).collect()
}

async fn approve(app: &TestApp, case: &str, board: &str, members: &[&str]) {
    for member in members {
        let visitor = app.signed_in(&format!("{board}-{member}@demo.example")).await;
        let fields = [("case", case), ("board", board), ("revision", "1"), ("position", "approve")];
        assert_eq!(visitor.post("/do/take_position", &fields).await.status(), 303, "{case} {board}-{member}");
    }
}

/// Three of each of these boards approve.
async fn carry(app: &TestApp, case: &str, boards: &[&str]) {
    for board in boards {
        approve(app, case, board, &["1", "2", "3"]).await;
    }
}

/// To Maintenance and on to Deprecation, as LT-2026-0001 and LT-2026-0002.
async fn deprecate(app: &TestApp) {
    let member = app.signed_in("tsc-4@demo.example").await;
    propose(&member, "maintenance", &[]).await;
    carry(app, "LT-2026-0001", &["tsc", "sco", "erc"]).await;
    assert_eq!(propose(&member, "deprecation", &plan()).await, INTEGRATION);
    carry(app, "LT-2026-0002", &["tsc", "sco", "erc", "cgb"]).await;
}

#[tokio::test]
async fn an_integration_goes_through_its_stages_and_its_grants_with_it() {
    on_both(async |app| {
        let partner = submitted(app).await;
        carry(app, "PJ-2026-0001", &["sco", "tsc"]).await;
        assert_eq!(propose(&partner, "maintenance", &[]).await, INTEGRATION);
        let page = partner.page(INTEGRATION).await;
        assert!(page.contains("LT-2026-0001 is before the boards.") && page.contains("proposes Maintenance"), "{page}");
        assert!(!page.contains("Propose Maintenance</a>"), "one step at a time");
        carry(app, "LT-2026-0001", &["tsc", "sco", "erc"]).await;
        let auditor = app.signed_in("auditor@demo.example").await;
        let page = auditor.page(INTEGRATION).await;
        assert!(page.contains("Maintenance since Wed 18 Nov 2026. 1 permission is in force."), "{page}");

        let member = app.signed_in("tsc-4@demo.example").await;
        assert_eq!(propose(&member, "deprecation", &plan()).await, INTEGRATION);
        let anybody = app.visitor();
        assert!(anybody.page("/deprecations").await.contains("No integration is deprecated"));
        carry(app, "LT-2026-0002", &["cgb"]).await;
        let page = auditor.page("/cases/LT-2026-0002").await;
        assert!(page.contains("TSC, SCO and ERC have not advised yet"), "the final word waits for advice: {page}");
        carry(app, "LT-2026-0002", &["tsc", "sco", "erc"]).await;
        let page = auditor.page(INTEGRATION).await;
        assert!(page.contains("Deprecation since") && page.contains("In force, with warnings"), "{page}");
        assert!(page.contains("Wed 19 May 2027"), "six months from the decision: {page}");
        let page = anybody.page("/deprecations").await;
        assert!(
            page.contains("Orbit CRM: Client Timeline") && page.contains("until Tue 18 May 2027 at least"),
            "{page}"
        );
        assert!(!page.contains("successor"), "the reason is the boards' business, the notice everybody's");

        // Too early: the window is open.
        let page = member.page(&format!("{INTEGRATION}/transitions/end_of_support")).await;
        assert!(page.contains("Support may end on Wed 19 May 2027 at the earliest"), "{page}");
        propose(&member, "end_of_support", &[]).await;
        assert_eq!(auditor.get("/cases/LT-2026-0003").await.status(), 404);
        let later = app.now().date_naive().checked_add_months(Months::new(6)).unwrap() + Duration::days(1);
        app.clock.advance(later.and_hms_opt(9, 0, 0).unwrap().and_utc() - app.now());
        let member = app.signed_in("tsc-4@demo.example").await;
        assert_eq!(propose(&member, "end_of_support", &[]).await, INTEGRATION);
        carry(app, "LT-2027-0001", &["tsc", "sco", "erc", "cgb"]).await;
        let page = member.page(INTEGRATION).await;
        assert!(page.contains("End of Support since") && page.contains("No permission is granted"), "{page}");
        assert!(!page.contains("Propose"), "it is final");
        let page = member.page(&format!("{INTEGRATION}/transitions/deprecation")).await;
        assert!(page.contains("nothing leads back") && !page.contains("/do/propose_transition"), "{page}");
        let kinds: Vec<_> = app.log().await.into_iter().map(|event| event.kind).collect();
        assert!(kinds.iter().any(|kind| kind == "stage_changed"));
    })
    .await;
}

#[tokio::test]
async fn going_back_a_stage_restores_what_the_stage_suspended() {
    on_both(async |app| {
        submitted_with_a_write(app).await;
        carry(app, "PJ-2026-0001", &["sco", "tsc"]).await;
        let member = app.signed_in("tsc-4@demo.example").await;
        let effects = async || {
            let page = member.page(INTEGRATION).await;
            ["read:items.status", "write:disputes.selection"].map(|key| {
                let (_, row) = page.split_once(&format!("<code>{key}</code>")).unwrap();
                row.split("class=\"tag").nth(1).unwrap().split(['<', '>']).nth(1).unwrap().to_owned()
            })
        };
        assert_eq!(effects().await, ["In force", "In force"]);
        deprecate(app).await;
        assert_eq!(effects().await, ["In force, with warnings", "Suspended"]);
        assert_eq!(propose(&member, "maintenance", &[]).await, INTEGRATION);
        let page = member.page("/cases/LT-2026-0003").await;
        let (facts, boards) = page.split_once("Positions by board").unwrap();
        assert!(page.contains("Deprecation to Maintenance") && !boards.contains("data-board=\"cgb\""), "{page}");
        assert!(facts.contains("Informed") && facts.contains("data-board=\"cgb\""), "{facts}");
        carry(app, "LT-2026-0003", &["tsc", "sco", "erc"]).await;
        assert!(member.page(INTEGRATION).await.contains("Maintenance since"));
        assert_eq!(effects().await, ["In force", "In force"]);
        assert!(app.visitor().page("/deprecations").await.contains("No integration is deprecated"));
    })
    .await;
}

#[tokio::test]
async fn what_a_proposal_lacks_is_told_beside_its_field_and_kept() {
    on_both(async |app| {
        let member = app.signed_in("tsc-4@demo.example").await;
        let page = format!("{INTEGRATION}/transitions/maintenance");
        assert_eq!(propose(&member, "maintenance", &[("reason", " ")]).await, page);
        assert!(member.page(&page).await.contains("Give a reason"));
        propose(&member, "maintenance", &[]).await;
        carry(app, "LT-2026-0001", &["tsc", "sco", "erc"]).await;
        let page = format!("{INTEGRATION}/transitions/deprecation");
        let bad = [("notice", "It goes <script>alert(1)</script>"), ("window", "3"), ("migration", "a\u{202E}b")];
        assert_eq!(propose(&member, "deprecation", &bad).await, page);
        let shown = member.page(&page).await;
        for says in [
            "There are 6 problems",
            "Enter 6 to 36 months",
            "Remove the invisible characters",
            "Give the rollback plan",
            "It goes &lt;script&gt;alert(1)&lt;/script&gt;",
        ] {
            assert!(shown.contains(says), "{says}: {shown}");
        }
        // Stages move by single steps.
        for to in ["end_of_support", "active2", ""] {
            assert!(propose(&member, to, &plan()).await.ends_with(to), "{to}");
        }
        assert_eq!(member.get("/cases/LT-2026-0002").await.status(), 404);
        let page = member.page(&format!("{INTEGRATION}/transitions/end_of_support")).await;
        assert!(
            page.contains("stages move one step at a time") && page.contains("What you wrote was not sent"),
            "{page}"
        );
        assert!(page.contains("<dt>Months</dt>"), "the window as well: {page}");
    })
    .await;
}

#[tokio::test]
async fn nobody_decides_on_their_own_proposal_and_only_some_may_propose() {
    on_both(async |app| {
        let member = app.signed_in("tsc-4@demo.example").await;
        propose(&member, "maintenance", &[]).await;
        assert!(member.page("/docket").await.contains("No case needs your position"));
        let page = member.page("/cases/LT-2026-0001").await;
        assert!(page.contains("You proposed this yourself") && page.contains("Recused, proposed it"), "{page}");
        assert!(!page.contains("<b>successor"), "inert");
        let fields = [("case", "LT-2026-0001"), ("board", "tsc"), ("revision", "1"), ("position", "approve")];
        assert_eq!(member.post("/do/take_position", &fields).await.status(), 403);
        // Of four who are left, three must approve.
        assert!(page.contains("TSC, SCO and ERC need 3 more approvals each"), "{page}");
        for (email, status) in
            [("admin@demo.example", 403), ("auditor@demo.example", 403), ("partner@helio-health.demo.example", 404)]
        {
            let visitor = app.signed_in(email).await;
            let fields = [("partner", "orbit-crm"), ("integration", "client-timeline"), ("to", "maintenance")];
            assert_eq!(visitor.post("/do/propose_transition", &fields).await.status(), status, "{email}");
        }
        // Recusal ends the view of what the others say, wherever it would be read.
        let colleague = app.signed_in("sco-1@demo.example").await;
        let fields = [
            ("case", "LT-2026-0001"),
            ("board", "sco"),
            ("revision", "1"),
            ("position", "object"),
            ("concerns[0]", "what it reads"),
            ("reason", "Nothing is frozen yet"),
        ];
        assert_eq!(colleague.post("/do/take_position", &fields).await.status(), 303);
        for path in ["/cases", "/cases/LT-2026-0001", INTEGRATION] {
            let page = member.page(path).await;
            assert!(!page.contains("by Priya Raman") && !page.contains("Nothing is frozen yet"), "{path}: {page}");
        }
        assert!(colleague.page("/cases").await.contains("SCO: Priya Raman’s concern “what it reads” is open"));
        // One at a time.
        let again = app.signed_in("partner@orbit-crm.demo.example").await;
        propose(&again, "maintenance", &[("reason", "Typed at length")]).await;
        let page = again.page(&format!("{INTEGRATION}/transitions/maintenance")).await;
        assert!(page.contains("LT-2026-0001 is before the boards: one step at a time"), "{page}");
        assert!(page.contains("Typed at length"), "what was typed is not lost: {page}");
    })
    .await;
}

#[tokio::test]
async fn a_partner_reads_how_its_proposal_was_decided_and_why() {
    on_both(async |app| {
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        propose(&partner, "maintenance", &[("reason", "Our roadmap ends in June")]).await;
        let page = app.signed_in("tsc-1@demo.example").await.page(INTEGRATION).await;
        assert!(page.contains("Our roadmap ends in June"), "{page}");
        for n in ["1", "2", "3"] {
            let member = app.signed_in(&format!("sco-{n}@demo.example")).await;
            let fields = [("case", "LT-2026-0001"), ("board", "sco"), ("revision", "1")];
            let says = [
                ("position", if n == "1" { "object" } else { "abstain" }),
                ("reason", "No owner is named"),
                ("concerns[0]", "what it reads"),
            ];
            assert_eq!(member.post("/do/take_position", &[&fields[..], &says[..]].concat()).await.status(), 303);
        }
        let page = partner.page(INTEGRATION).await;
        let (_, before) = page.split_once("Decided before").unwrap();
        assert!(before.contains("LT-2026-0001") && before.contains("Declined, Wed 18 Nov 2026"), "{before}");
        assert!(before.contains("No owner is named") && !page.contains("Priya"), "{before}");
        assert!(!page.contains("/cases/"), "a case is the desk's");
    })
    .await;
}

#[tokio::test]
async fn an_open_submission_that_a_stage_leaves_no_room_for_is_declined_with_it() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = app.signed_in("tsc-4@demo.example").await;
        propose(&member, "maintenance", &[]).await;
        carry(app, "LT-2026-0001", &["tsc", "sco", "erc"]).await;
        let page = partner.page("/submissions/PJ-2026-0001").await;
        assert!(
            page.contains("Decided Wed 18 Nov 2026: declined.") && page.contains("in Maintenance nothing is added"),
            "{page}"
        );
        assert!(member.page("/docket").await.contains("No case needs your position"));
    })
    .await;
}

#[tokio::test]
async fn two_who_propose_at_once_make_one_case() {
    on_both(async |app| {
        let mut racing = Vec::new();
        for who in ["tsc-1", "sco-1", "erc-1"] {
            let visitor = app.signed_in(&format!("{who}@demo.example")).await;
            racing.push(tokio::spawn(async move { propose(&visitor, "maintenance", &[]).await }));
        }
        for each in racing {
            each.await.unwrap();
        }
        let proposed = app.log().await.into_iter().filter(|event| event.kind == "transition_proposed").count();
        assert_eq!(proposed, 1);
    })
    .await;
}
