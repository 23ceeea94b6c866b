//! What changed from one revision to another.

use chrono::Duration;
use kwanus_service::{Caller, ballot};

use crate::{
    app::on_both,
    home::declined,
    review::approve,
    submission::{revised, submit, submitted, submitted_again, submitted_with_a_write},
};

const CASE: &str = "PJ-2026-0001";
const DESK: &str = "/cases/PJ-2026-0001/revisions";
const OWN: &str = "/submissions/PJ-2026-0001/revisions";

#[tokio::test]
async fn two_revisions_are_compared_word_by_word() {
    on_both(async |app| {
        let partner = submitted(app).await;
        revised(&partner, "To show which debts are <b>due</b>").await;
        let member = app.signed_in("sco-1@demo.example").await;
        assert!(member.page("/cases/PJ-2026-0001").await.contains(&format!("{DESK}/2?against=1")));
        assert!(partner.page("/submissions/PJ-2026-0001").await.contains(&format!("{OWN}/2?against=1")));
        for (visitor, pages) in [(&member, DESK), (&partner, OWN)] {
            let page = visitor.page(&format!("{pages}/2")).await;
            assert!(page.contains("Revision 2 against revision 1: 1 permission changed."), "{page}");
            assert!(page.contains("</span> open</del>"), "{page}");
            assert!(page.contains("</span> &lt;b&gt;due&lt;/b&gt;</ins>"), "{page}");
            assert!(page.contains("Unchanged") && page.contains("Revision 1, submitted Wed 18 Nov 2026"), "{page}");
            let back = visitor.page(&format!("{pages}/1?against=2")).await;
            assert!(back.contains("Revision 1 against revision 2: 1 permission changed."), "{back}");
            assert!(back.contains("</span> open</ins>"), "{back}");
            let first = visitor.page(&format!("{pages}/1?against=")).await;
            assert!(first.contains("all of it is new") && !first.contains("Unchanged"), "{first}");
            for nothing in ["3", "0", "x", "2?against=2", "2?against=3", "2?against=x", "1?against=-1"] {
                assert_eq!(visitor.get(&format!("{pages}/{nothing}")).await.status(), 404, "{nothing}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_compared_by_its_own_partner_alone() {
    on_both(async |app| {
        let partner = submitted(app).await;
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let page = partner.page(&format!("{OWN}/2")).await;
        assert!(page.contains("Revision 2 against revision 1: nothing differs."), "{page}");
        assert!(partner.page(&format!("{OWN}/1")).await.contains("Revision 2, a draft"));
        let member = app.signed_in("sco-1@demo.example").await;
        let other = app.signed_in("partner@helio-health.demo.example").await;
        for (visitor, page) in [
            (&member, format!("{DESK}/2")),
            (&member, format!("{DESK}/1?against=2")),
            (&member, format!("{OWN}/1")),
            (&partner, format!("{DESK}/1")),
            (&other, format!("{DESK}/1")),
            (&other, format!("{OWN}/1")),
        ] {
            assert_eq!(visitor.get(&page).await.status(), 404, "{page}");
        }
        assert!(!member.page("/cases/PJ-2026-0001").await.contains("Compare with"));
    })
    .await;
}

#[tokio::test]
async fn the_first_revision_of_a_case_is_compared_with_what_was_carried_before() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let next = [("case", "PJ-2026-0002"), ("permission", "read:items.type")];
        partner.post("/do/add_permission", &next).await;
        let page = partner.page("/submissions/PJ-2026-0002/revisions/2").await;
        assert!(page.contains("Revision 2 against revision 1: 1 permission added."), "{page}");
        assert!(page.contains("Revision 1, submitted Wed 18 Nov 2026 in PJ-2026-0001, carried"), "{page}");
        // Its draft is not the boards' to read.
        let member = app.signed_in("sco-1@demo.example").await;
        assert_eq!(member.get("/cases/PJ-2026-0002/revisions/2").await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn a_revision_is_compared_with_any_other_of_its_integration() {
    on_both(async |app| {
        let partner = submitted(app).await;
        revised(&partner, "To show which debts are due").await;
        app.clock.advance(Duration::days(30));
        assert_eq!(ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 1);
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        assert_eq!(submitted_again(&partner, "PJ-2026-0002").await, "/submissions/PJ-2026-0002/submitted");
        declined(app, 4).await;
        let member = app.signed_in("sco-1@demo.example").await;
        for (visitor, cases) in [(&member, "/cases"), (&partner, "/submissions")] {
            let (page, first) = (format!("{cases}/PJ-2026-0002"), format!("{cases}/PJ-2026-0001"));
            let link = format!("href=\"{page}/revisions/3\">Compare with an earlier revision");
            assert!(visitor.page(&page).await.contains(&link), "{page}");
            let third = format!("{page}/revisions/3");
            let alone = visitor.page(&third).await;
            for says in [
                "Nothing was carried before it, so all of it is new.",
                "Revision 1, submitted Wed 18 Nov 2026 in PJ-2026-0001, followed by another",
                "Revision 2, submitted Wed 18 Nov 2026 in PJ-2026-0001, declined",
            ] {
                assert!(alone.contains(says), "{says}: {alone}");
            }
            assert!(!alone.contains("Revision 4"), "it is another integration's: {alone}");
            let second = visitor.page(&format!("{third}?against=2")).await;
            assert!(second.contains("Revision 3 against revision 2: 1 permission changed."), "{second}");
            let replaced = visitor.page(&format!("{third}?against=1")).await;
            assert!(replaced.contains("Revision 3 against revision 1: nothing differs."), "{replaced}");
            let later = visitor.page(&format!("{first}/revisions/1?against=3")).await;
            assert!(later.contains("Revision 1 against revision 3: nothing differs."), "{later}");
            assert!(later.contains("in PJ-2026-0002, which is in review"), "{later}");
            for nothing in [format!("{third}?against=4"), format!("{third}?against=3"), format!("{page}/revisions/1")] {
                assert_eq!(visitor.get(&nothing).await.status(), 404, "{nothing}");
            }
        }
        let other = app.signed_in("partner@helio-health.demo.example").await;
        assert_eq!(other.get("/submissions/PJ-2026-0002/revisions/3?against=1").await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn what_a_revision_drops_is_not_granted() {
    on_both(async |app| {
        let partner = submitted_with_a_write(app).await;
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let dropped = [("case", CASE), ("permission", "write:disputes.selection"), ("revision", "2")];
        partner.post("/do/remove_permission", &dropped).await;
        assert_eq!(submit(&partner).await, "/submissions/PJ-2026-0001/submitted");
        approve(app, "sco", "2", &["1", "2", "3"]).await;
        approve(app, "tsc", "2", &["1", "2", "3"]).await;
        let page = partner.page("/partners/orbit-crm/client-timeline").await;
        assert!(page.contains("1 permission is in force"), "{page}");
        let mut tx = app.db.read().await.unwrap();
        let granted: Vec<(String,)> = tx.query("SELECT permission_key FROM permission_grant").all().await.unwrap();
        assert_eq!(granted, [("read:items.status".to_owned(),)]);
    })
    .await;
}
