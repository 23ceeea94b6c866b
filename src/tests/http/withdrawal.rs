//! Taking a submission back from the boards.

use chrono::Duration;
use kwanus_service::{Caller, ballot};

use crate::{
    app::{TestApp, Visitor, location, on_both},
    review::{approve, say},
    submission::{revised, submitted, submitted_again},
};

const CASE: &str = "PJ-2026-0001";
const PAGE: &str = "/cases/PJ-2026-0001";
const OWN: &str = "/submissions/PJ-2026-0001";
const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";

async fn withdraw(visitor: &Visitor, revision: &str, reason: &str) -> u16 {
    let fields = [("case", CASE), ("revision", revision), ("reason", reason)];
    visitor.post("/do/withdraw_submission", &fields).await.status().as_u16()
}

/// How often each of the two that end a case was logged.
async fn ends(app: &TestApp) -> (usize, usize) {
    let log = app.log().await;
    let count = |kind: &str| log.iter().filter(|event| event.kind == kind).count();
    (count("decided"), count("submission_withdrawn"))
}

#[tokio::test]
async fn a_partner_withdraws_and_the_boards_stop() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1"]).await;
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let page = partner.page(OWN).await;
        assert!(page.contains("The boards stop.") && page.contains("Revision 2, which you are writing"), "{page}");
        assert_eq!(withdraw(&partner, "1", "We <b>narrow</b> it").await, 303);
        let page = partner.page(OWN).await;
        for says in [
            "PJ-2026-0001 is withdrawn. The boards have stopped.",
            "revision 1. Withdrawn Wed 18 Nov 2026: nothing is granted by it.",
            "It is nobody’s turn: you withdrew it on Wed 18 Nov 2026.",
            "Start another submission",
            "Stopped",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        for form in ["withdraw_submission", "revise_submission", "add_permission", "delete_submission"] {
            assert!(!page.contains(&format!("/do/{form}")), "{form}: {page}");
        }
        let log = app.log().await;
        assert_eq!((log[0].kind.as_str(), log[1].kind.as_str()), ("submission_withdrawn", "draft_deleted"));
        assert_eq!(log[0].details.0["reason"], "We <b>narrow</b> it");

        let member = app.signed_in("sco-2@demo.example").await;
        let page = member.page(PAGE).await;
        for says in [
            "withdrew it; the boards stopped",
            "We &lt;b&gt;narrow&lt;/b&gt; it",
            "Its partner withdrew it",
            "It is nobody’s turn: the partner withdrew it on Wed 18 Nov 2026.",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(page.contains("1 of 3") && !page.contains("/do/take_position"), "{page}");
        assert!(member.page("/docket").await.contains("No case needs your position"));
        assert!(member.page("/cases?state=withdrawn").await.contains("Withdrawn Wed 18 Nov 2026"));
        assert!(!member.page("/cases?state=open").await.contains("Orbit CRM: Client Timeline"));
        assert!(!member.page("/records").await.contains(CASE), "it is no decision");
        assert!(member.page(INTEGRATION).await.contains("No permission is granted"));

        // Another begins at once.
        let answer = partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        assert_eq!(location(&answer), "/submissions/PJ-2026-0002");
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_or_declined_is_submitted_again() {
    const AGAIN: &str = "/submissions/PJ-2026-0002/submitted";
    on_both(async |app| {
        let partner = submitted(app).await;
        withdraw(&partner, "1", "").await;
        assert_eq!(submitted_again(&partner, "PJ-2026-0002").await, AGAIN);
        assert!(partner.page(AGAIN).await.contains("PJ-2026-0002"));
        assert!(app.signed_in("sco-1@demo.example").await.page("/docket").await.contains("PJ-2026-0002"));
    })
    .await;
    on_both(async |app| {
        submitted(app).await;
        app.clock.advance(Duration::days(30));
        assert_eq!(ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 1);
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        assert!(partner.page(OWN).await.contains("declined"), "it ran out");
        assert_eq!(submitted_again(&partner, "PJ-2026-0002").await, AGAIN);
        assert!(partner.page(AGAIN).await.contains("PJ-2026-0002"));
    })
    .await;
}

#[tokio::test]
async fn the_ballots_of_a_withdrawn_case_stand_as_they_stood() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1"]).await;
        withdraw(&partner, "1", "").await;
        app.clock.advance(Duration::days(30));
        let admin = app.signed_in("admin@demo.example").await;
        admin.post("/do/disable_person", &[("email", "sco-1@demo.example")]).await;
        let page = admin.page(PAGE).await;
        assert!(page.contains("1 of 3") && !page.contains("has left"), "{page}");
        let settled = kwanus_service::ballot::settle_due(&app.db, &kwanus_service::Caller::Operator).await.unwrap();
        assert_eq!((settled, ends(app).await), (0, (0, 1)));
    })
    .await;
}

#[tokio::test]
async fn a_position_on_what_was_withdrawn_is_told_so_and_kept() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        withdraw(&partner, "1", "").await;
        assert_eq!(say(&member, "sco", "1", "object", "Typed too late").await, 303);
        let page = member.page(PAGE).await;
        assert!(page.contains("PJ-2026-0001 was withdrawn meanwhile") && page.contains("Typed too late"), "{page}");
        // Nor is anything of it written or handed over any more.
        for act in ["revise_submission", "add_permission", "submit"] {
            partner.post(&format!("/do/{act}"), &[("case", CASE), ("permission", "read:items.type")]).await;
        }
        assert!(partner.page(OWN).await.contains("PJ-2026-0001 was withdrawn meanwhile"));
        assert_eq!(ends(app).await, (0, 1));
    })
    .await;
}

#[tokio::test]
async fn what_was_decided_or_has_run_out_is_not_withdrawn_and_the_reason_is_kept() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        assert_eq!(withdraw(&partner, "1", "A reason typed at length").await, 303);
        let page = partner.page(OWN).await;
        assert!(page.contains("PJ-2026-0001 was decided meanwhile: carried"), "{page}");
        assert!(page.contains("What you wrote was not sent") && page.contains("A reason typed at length"), "{page}");
        assert_eq!(ends(app).await, (1, 0));
    })
    .await;
    on_both(async |app| {
        submitted(app).await;
        app.clock.advance(Duration::days(23));
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        withdraw(&partner, "1", "").await;
        assert!(partner.page(OWN).await.contains("has run out"), "it only waits to be marked as declined");
        assert_eq!(ends(app).await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_vote_that_decides_and_a_withdrawal_at_once_come_to_one_end() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2"]).await;
        let member = app.signed_in("tsc-3@demo.example").await;
        let vote = tokio::spawn(async move { say(&member, "tsc", "1", "approve", "").await });
        let back = tokio::spawn(async move { withdraw(&partner, "1", "").await });
        assert_eq!((vote.await.unwrap(), back.await.unwrap()), (303, 303));
        let (decided, withdrawn) = ends(app).await;
        assert_eq!(decided + withdrawn, 1);
        let auditor = app.signed_in("auditor@demo.example").await;
        let is_granted = auditor.page(INTEGRATION).await.contains("1 permission is in force");
        assert_eq!(is_granted, decided == 1);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_names_the_revision_that_was_seen_and_a_reason_of_some_length() {
    on_both(async |app| {
        let partner = submitted(app).await;
        revised(&partner, "A narrower purpose").await;
        withdraw(&partner, "1", "Typed of the old one").await;
        let page = partner.page(OWN).await;
        assert!(page.contains("The boards have revision 2 now") && page.contains("Typed of the old one"), "{page}");
        let long = "x".repeat(2001);
        withdraw(&partner, "2", &long).await;
        let page = partner.page(OWN).await;
        assert!(page.contains("Use at most 2000 characters; these are 2001") && page.contains(&long), "{page}");
        assert_eq!(ends(app).await, (0, 0));
        assert_eq!(partner.hidden(OWN, "revision").await, "2");
        withdraw(&partner, "2", "").await;
        assert_eq!(ends(app).await, (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_submission_is_its_own_partners_alone_to_withdraw_and_a_draft_is_deleted_instead() {
    on_both(async |app| {
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        withdraw(&partner, "0", "").await;
        let page = partner.page(OWN).await;
        assert!(page.contains("is a draft, which the boards do not have") && page.contains("Delete draft"), "{page}");
        partner.post("/do/delete_submission", &[("case", CASE), ("revision", "1")]).await;
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        assert_eq!(withdraw(&partner, "1", "").await, 404, "what was deleted is not there");
    })
    .await;
    on_both(async |app| {
        submitted(app).await;
        for other in ["partner@helio-health.demo.example", "sco-1@demo.example", "admin@demo.example"] {
            assert_eq!(withdraw(&app.signed_in(other).await, "1", "").await, 404, "{other}");
        }
        assert_eq!(ends(app).await, (0, 0));
    })
    .await;
}
