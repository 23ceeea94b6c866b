//! What a partner gets of a submission: that the boards have it, and all of it as one document.

use kwanus_domain::policy::RULES_VERSION;

use crate::{
    app::{location, on_both},
    home::decided,
    review::approve,
    submission::{answers, submitted, submitted_with_a_write},
};

const CASE: &str = "PJ-2026-0001";
const SUBMISSION: &str = "/submissions/PJ-2026-0001";
const SUBMITTED: &str = "/submissions/PJ-2026-0001/submitted";
const PRINT: &str = "/submissions/PJ-2026-0001/print";

#[tokio::test]
async fn who_submits_is_told_the_reference_and_what_happens_next_and_by_when() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let page = partner.page(SUBMITTED).await;
        for says in [
            "<h1>Submitted to the boards",
            "<p class=\"reference\">PJ-2026-0001",
            "Client Timeline, revision 1, submitted Wed 18 Nov 2026.",
            "It is the boards’ turn",
            "data-board=\"sco\"",
            "data-board=\"tsc\"",
            "its ballot closes Wed 2 Dec 2026.",
            "by Wed 9 Dec 2026 it is decided",
            "Your inbox tells you when it is your turn",
            "href=\"/submissions/PJ-2026-0001/print\"",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("likely decide") && !page.contains("data-board=\"erc\""), "{page}");
        assert!(!page.contains("<script"), "there is nothing to run");
        decided(app, &["sco", "tsc"], 4).await;
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        let page = partner.page(SUBMITTED).await;
        assert!(page.contains("They likely decide by Sun 22 Nov 2026"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_receipt_is_given_while_the_boards_have_the_submission_and_to_its_partner_alone() {
    on_both(async |app| {
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        assert_eq!(partner.get(SUBMITTED).await.status(), 404, "nobody has it yet");
        partner.post("/do/delete_submission", &[("case", CASE), ("revision", "1")]).await;
        assert_eq!(partner.get(SUBMITTED).await.status(), 404, "it is gone");
    })
    .await;
    on_both(async |app| {
        let partner = submitted(app).await;
        for email in ["partner@helio-health.demo.example", "sco-1@demo.example"] {
            let other = app.signed_in(email).await;
            assert_eq!(other.get(SUBMITTED).await.status(), 404, "{email}");
            assert_eq!(other.get(PRINT).await.status(), 404, "{email}");
        }
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        assert_eq!(location(&partner.get(SUBMITTED).await), SUBMISSION, "another revision is written");
        let revision = partner.hidden(SUBMISSION, "revision").await;
        partner.post("/do/delete_submission", &[("case", CASE), ("revision", &revision)]).await;
        assert_eq!(partner.get(SUBMITTED).await.status(), 200);
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        assert_eq!(location(&partner.get(SUBMITTED).await), SUBMISSION, "it is decided");
    })
    .await;
}

#[tokio::test]
async fn a_submission_is_printed_whole_with_what_was_found_in_it() {
    on_both(async |app| {
        let partner = submitted_with_a_write(app).await;
        let page = partner.page(PRINT).await;
        for says in [
            "Orbit CRM: Client Timeline",
            "Justification of permissions PJ-2026-0001, revision 1.",
            "Wed 18 Nov 2026",
            &*format!("Version {RULES_VERSION}"),
            "To show which debts are open",
            "items.status",
            "People select in our app",
            "The boards weigh every write",
            "PartnerIntegrationSpec\u{a0}§3",
            "Endpoint: GET /v4/health",
            "Workflow: Add a note",
            "Component: Timeline",
            "TLS 1.3, AES-256",
            "data-board=\"tsc\"",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("Draft, not submitted") && !page.contains("<script"), "{page}");
        for form in ["/do/submit", "/do/revise_submission", "/do/withdraw_submission", ">Change<"] {
            assert!(!page.contains(form), "{form}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_printed_as_one_and_what_stands_in_it_does_nothing() {
    on_both(async |app| {
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let page = partner.page(PRINT).await;
        assert!(page.contains("Draft, not submitted") && page.contains("No permission is declared."), "{page}");
        partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.status")]).await;
        partner.post("/do/save_permission", &answers(&[("purpose", "<script>alert(1)</script>")])).await;
        let page = partner.page(PRINT).await;
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script"), "{page}");
        assert!(page.contains("Say how the integration uses the API") && !page.contains("The boards</h2>"), "{page}");
    })
    .await;
}
