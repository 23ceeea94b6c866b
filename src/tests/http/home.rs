//! Where a partner begins: what is asked of it, what comes next, and what it holds.

use chrono::{DateTime, Duration, Utc};
use kwanus_domain::{
    ballot::{Deadline, Outcome, Part, Rule},
    board::BoardKey,
    case::CaseKind,
    integration::{Description, IntegrationName, Layers},
    partner::Slug,
    policy::RULES_VERSION,
};
use kwanus_store::{
    ballot::{self, BallotData},
    case, declaration,
    integration::{self, IntegrationData},
    partner,
    testing::register,
};

use crate::{
    app::{TestApp, on_both},
    review::{approve, say},
    submission::submitted,
};

/// Five justifications of another partner go to these boards, and are decided after so many days.
pub async fn decided(app: &TestApp, boards: &[&str], days: i64) {
    let mut tx = app.db.write().await.unwrap();
    let (_, integrations) = register(&mut tx, "other-partner", &["one", "two", "three", "four", "five"]).await;
    let mut cases = Vec::new();
    for integration in integrations {
        let (id, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integration).await.unwrap();
        case::submit(&mut tx, id, 1, None).await.unwrap();
        for board in boards {
            let data = BallotData {
                board: BoardKey::parse(board).unwrap(),
                part: Part::Decides,
                rule: Rule::majority(14),
                deadline: Deadline::after(tx.now(), 14),
            };
            ballot::insert(&mut tx, id, &data).await.unwrap();
        }
        cases.push(id);
    }
    app.clock.advance(Duration::days(days));
    for id in cases {
        case::decide(&mut tx, id, Outcome::Carried).await.unwrap();
        ballot::close_of_case(&mut tx, id).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// So many revisions of what another integration of Orbit CRM declares are declined, each in a case of its own.
pub async fn declined(app: &TestApp, revisions: i64) {
    let mut tx = app.db.write().await.unwrap();
    let orbit = partner::lookup_by_slug(&mut tx, &Slug::parse("orbit-crm").unwrap()).await.unwrap().unwrap();
    let data = IntegrationData {
        slug: Slug::parse("intake-form").unwrap(),
        name: IntegrationName::parse("Intake Form").unwrap(),
        description: Description::parse("A form").unwrap(),
        layers: Layers::parse(["api"]).unwrap(),
    };
    let integration = integration::insert(&mut tx, orbit.id, &data).await.unwrap();
    for revision in 1..=revisions {
        let (id, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integration).await.unwrap();
        let declaration = declaration::insert(&mut tx, id, integration).await.unwrap();
        declaration::submit(&mut tx, declaration, RULES_VERSION, 1).await.unwrap();
        case::submit(&mut tx, id, revision, None).await.unwrap();
        case::decide(&mut tx, id, Outcome::Declined).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_partner_sees_with_whom_its_submission_is_and_what_is_asked() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let home = partner.page("/").await;
        assert!(home.contains("The boards decide on 1 submission.") && home.contains("In review"), "{home}");
        assert!(home.contains("submitted Wed 18 Nov 2026") && home.contains("Wed 2 Dec 2026"), "{home}");
        assert!(home.contains("data-board=\"tsc\"") && home.contains("data-board=\"sco\""), "{home}");
        assert!(!home.contains("data-board=\"erc\"") && !home.contains("Likely by"), "{home}");
        assert!(home.contains("No permission is granted") && home.contains("Client Timeline"), "{home}");
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        let home = partner.page("/").await;
        assert!(!home.contains("data-board=\"sco\""), "it has carried: {home}");
        let member = app.signed_in("tsc-4@demo.example").await;
        say(&member, "tsc", "1", "object", "No rollback is declared").await;
        let home = partner.page("/").await;
        assert!(home.contains("A board objects to 1 submission.") && home.contains("Objection"), "{home}");
        assert!(!home.contains("Ferri") && !home.contains("Priya"), "never who: {home}");
        partner.post("/do/revise_submission", &[("case", "PJ-2026-0001")]).await;
        let home = partner.page("/").await;
        assert!(home.contains("You write the next revision") && !home.contains("A board objects"), "{home}");
        assert!(partner.page("/submissions").await.contains("You write the next revision"));
    })
    .await;
}

#[tokio::test]
async fn what_waits_in_an_old_submission_is_told_however_many_came_since() {
    on_both(async |app| {
        let own = submitted(app).await;
        let member = app.signed_in("tsc-4@demo.example").await;
        let ask = [("case", "PJ-2026-0001"), ("board", "tsc"), ("about", "whole"), ("text", "Say who reads it")];
        assert_eq!(member.post("/do/ask_for_change", &ask).await.status(), 303);
        say(&member, "tsc", "1", "object", "No rollback is declared").await;
        declined(app, 20).await;
        let home = own.page("/").await;
        assert!(home.contains("PJ-2026-0021") && !home.contains("PJ-2026-0001"), "it is further down: {home}");
        assert!(home.contains("The boards asked you to change 1 submission."), "{home}");
        assert!(home.contains("A board objects to 1 submission."), "{home}");
        own.post("/do/revise_submission", &[("case", "PJ-2026-0001")]).await;
        let home = own.page("/").await;
        assert!(home.contains("The boards asked you to change 1 submission."), "a draft answers nothing: {home}");
        assert!(!home.contains("A board objects"), "another revision is being written: {home}");
    })
    .await;
}

#[tokio::test]
async fn the_likely_date_is_told_from_what_the_same_boards_took_before() {
    on_both(async |app| {
        submitted(app).await;
        decided(app, &["sco", "tsc"], 4).await;
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        let home = partner.page("/").await;
        assert!(home.contains("Likely by Sun 22 Nov 2026"), "{home}");
        assert!(home.contains("Ballots close Wed 2 Dec 2026") && home.contains("4 days"), "{home}");
        // Once that day has passed, nothing is promised any more.
        app.clock.advance(Duration::days(1));
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        let home = partner.page("/").await;
        assert!(!home.contains("Likely by") && home.contains("5 days"), "{home}");
    })
    .await;
}

#[tokio::test]
async fn what_other_boards_took_says_nothing() {
    on_both(async |app| {
        submitted(app).await;
        decided(app, &["sco", "tsc", "erc"], 4).await;
        let home = app.signed_in("partner@orbit-crm.demo.example").await.page("/").await;
        assert!(home.contains("Ballots close") && !home.contains("Likely by"), "{home}");
    })
    .await;
}

#[tokio::test]
async fn a_partner_sees_which_grants_end_and_renews_them_in_time() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        let home = partner.page("/").await;
        assert!(home.contains("Nothing is asked of you.") && home.contains("decided Wed 18 Nov 2026"), "{home}");
        assert!(home.contains("1 active.") && home.contains("in 133 days"), "{home}");
        assert!(home.contains("Opens Sat 30 Jan 2027"), "{home}");

        app.clock.advance("2027-03-11T09:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.now());
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        let home = partner.page("/").await;
        assert!(home.contains("1 grant ends within 30 days.") && home.contains("in 20 days"), "{home}");
        assert!(home.contains("/submissions/new?integration=client-timeline"), "{home}");
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let home = partner.page("/").await;
        assert!(home.contains("1 draft waits for you.") && home.contains("Draft: go on"), "{home}");
    })
    .await;
}
