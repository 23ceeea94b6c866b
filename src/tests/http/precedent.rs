//! What helps a reviewer: what was granted and decided before, and what reaches less.

use chrono::Duration;
use kwanus_domain::{ballot::Outcome, case::CaseKind, permission::PermissionKey};
use kwanus_store::{case, declaration, testing::register};

use crate::{
    app::{location, on_both},
    review::approve,
    submission::submitted,
};

const FIRST: &str = "/cases/PJ-2026-0001";
const SECOND: &str = "/cases/PJ-2026-0002";

#[tokio::test]
async fn a_reviewer_sees_what_was_granted_and_decided_before_and_what_reaches_less() {
    on_both(async |app| {
        submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page(FIRST).await;
        assert!(page.contains("Granted before") && page.contains("Never"), "{page}");
        assert!(page.contains("No other partner holds it now"), "{page}");
        assert!(page.contains("No case decided before asked for it"), "{page}");
        assert!(page.contains("read:items.count"), "it reaches nothing but what this one does: {page}");
        assert!(!page.contains("Has every declared field"), "{page}");

        app.clock.advance(Duration::days(3));
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        let next = location(&partner.post("/do/start_submission", &[("integration", "client-timeline")]).await);
        let revision = partner.hidden(&next, "revision").await;
        partner.post("/do/submit", &[("case", "PJ-2026-0002"), ("revision", &revision)]).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page(SECOND).await;
        assert!(page.contains("Sat 21 Nov 2026 until Wed 31 Mar 2027") && !page.contains("Never"), "{page}");
        assert!(page.contains("href=\"/cases/PJ-2026-0001\""), "{page}");
        assert!(page.contains("1 carried, 0 declined. Median 3 days"), "{page}");
        assert_eq!(partner.get(SECOND).await.status(), 404, "it is the desk's");
        // A decided case speaks of what was before it, and never of itself.
        let page = member.page(FIRST).await;
        assert!(page.contains("Never") && page.contains("No case decided before asked for it"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn how_another_partner_was_answered_is_the_boards_alone_to_know() {
    on_both(async |app| {
        submitted(app).await;
        let mut tx = app.db.write().await.unwrap();
        let (_, integrations) = register(&mut tx, "other-partner", &["one"]).await;
        let (id, other) = case::insert(&mut tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
        let declaration = declaration::insert(&mut tx, id, integrations[0]).await.unwrap();
        let key = PermissionKey::parse("read:items.status").unwrap();
        declaration::add_permission(&mut tx, declaration, &key).await.unwrap();
        case::submit(&mut tx, id, 1, None).await.unwrap();
        app.clock.advance(Duration::days(4));
        case::decide(&mut tx, id, Outcome::Declined).await.unwrap();
        tx.commit().await.unwrap();

        let page = app.signed_in("sco-1@demo.example").await.page(FIRST).await;
        assert!(page.contains("0 carried, 1 declined. Median 4 days"), "{page}");
        assert!(page.contains(&format!("href=\"/cases/{other}\"")) && !page.contains("other-partner"), "{page}");
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        for path in ["/", "/submissions/PJ-2026-0001"] {
            let page = partner.page(path).await;
            assert!(page.contains("PJ-2026-0001"), "{page}");
            assert!(!page.contains(&other.to_string()) && !page.contains("other-partner"), "{page}");
        }
    })
    .await;
}
