//! A draft that begins with what was declared before: what was changed in it is marked.

use crate::{
    app::{location, on_both},
    review::approve,
    submission::{answers, save_part, submitted, submitted_with_a_write},
};

const CASE: &str = "PJ-2026-0001";
const LIST: &str = "/submissions/PJ-2026-0001";
const PERMISSION: &str = "/submissions/PJ-2026-0001/permissions/read:items.status";

#[tokio::test]
async fn a_first_draft_marks_nothing() {
    on_both(async |app| {
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.status")]).await;
        partner.post("/do/save_permission", &answers(&[])).await;
        for page in [LIST, PERMISSION, &*format!("{LIST}/check")] {
            assert!(!partner.page(page).await.contains("since revision"), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn another_revision_marks_what_was_changed_added_and_taken_out() {
    on_both(async |app| {
        let partner = submitted_with_a_write(app).await;
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let page = partner.page(LIST).await;
        assert_eq!(page.matches("Unchanged since revision 1").count(), 7, "all of it: {page}");
        assert!(!page.contains("Changed since") && !page.contains("Added since"), "{page}");
        assert!(!partner.page(PERMISSION).await.contains("since revision"));

        let reworded = [("revision", "2"), ("purpose", "To show what is <b>due</b>")];
        partner.post("/do/save_permission", &answers(&reworded)).await;
        partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.type")]).await;
        let remove = [("case", CASE), ("permission", "write:disputes.selection"), ("revision", "2")];
        partner.post("/do/remove_permission", &remove).await;
        let endpoint = [("path", "GET /v5/items"), ("rate_per_minute", "60")];
        save_part(&partner, CASE, &format!("{LIST}/endpoints/1"), "endpoints/0", &endpoint).await;
        let page = partner.page(LIST).await;
        for (says, times) in [
            // The permission, and the use of the API with its endpoint.
            ("Changed since revision 1", 2),
            ("Added since revision 1", 1),
            ("Taken out since revision 1", 1),
            ("<del><code>write:disputes.selection</code></del>", 1),
        ] {
            assert_eq!(page.matches(says).count(), times, "{says}: {page}");
        }
        let page = partner.page(PERMISSION).await;
        assert!(page.contains("<strong>Before: </strong>To show which debts are open"), "{page}");
        assert_eq!(page.matches("Changed since revision 1").count(), 1, "of one field alone: {page}");

        let page = partner.page(&format!("{LIST}/check")).await;
        assert!(page.contains("To show what is &lt;b&gt;due&lt;/b&gt;"), "{page}");
        assert_eq!(page.matches("<span class=\"change changed\">Changed</span>").count(), 1, "{page}");
        for says in ["Changed since revision 1", "Added since revision 1", "Taken out since revision 1"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        // What the boards have is not a draft: it is compared on a page of its own.
        let member = app.signed_in("sco-1@demo.example").await;
        assert!(!member.page("/cases/PJ-2026-0001").await.contains("since revision"));
    })
    .await;
}

#[tokio::test]
async fn a_part_says_what_it_said_before() {
    on_both(async |app| {
        let partner = submitted(app).await;
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let compliance = [
            ("protection", "TLS 1.3 and AES-256, keys in a hardware module"),
            ("audit_contact", "audit@orbit-crm.example"),
            ("accepts_annual_review", "yes"),
            ("tracks", "no"),
        ];
        let page = format!("{LIST}/compliance");
        save_part(&partner, CASE, &page, "compliance", &compliance).await;
        let shown = partner.page(&page).await;
        assert!(shown.contains("<strong>Before: </strong>TLS 1.3, AES-256"), "{shown}");
        assert_eq!(shown.matches("Changed since revision 1").count(), 1, "{shown}");
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_for_anew_is_marked_against_what_was_carried() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        let next = location(&partner.post("/do/start_submission", &[("integration", "client-timeline")]).await);
        let page = partner.page(&next).await;
        assert!(page.contains("Unchanged since revision 1") && page.contains("revisions/2?against=1"), "{page}");
        let renewed = [("case", "PJ-2026-0002"), ("revision", "2"), ("until", "2027-05-31")];
        partner.post("/do/save_permission", &answers(&renewed)).await;
        let page = partner.page(&format!("{next}/permissions/read:items.status")).await;
        assert!(page.contains("<strong>Before: </strong>Wed 31 Mar 2027"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn each_change_in_maintenance_is_checked_anew() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        let mut tx = app.db.write().await.unwrap();
        for change in [
            "UPDATE integration SET stage = 'maintenance' WHERE slug = 'client-timeline'",
            "UPDATE declared_permission SET compliance_note = 'Checked on Monday'",
        ] {
            assert_eq!(tx.query(change).execute().await.unwrap(), 1);
        }
        tx.commit().await.unwrap();
        let answer = partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let page = partner.page(&format!("{}/permissions/read:items.status", location(&answer))).await;
        for says in [
            "To show which debts are open</textarea>",
            "aria-describedby=\"compliance_note-hint\">\n</textarea>",
            "<strong>Before: </strong>Checked on Monday",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
    })
    .await;
}
