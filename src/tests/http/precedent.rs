//! What helps a reviewer: what was granted and decided before, what reaches less, and what to weigh.

use chrono::Duration;
use kwanus_domain::{
    ballot::Outcome,
    case::{CaseKind, CaseRef},
    permission::PermissionKey,
};
use kwanus_store::{case, declaration, grant, testing::register};

use crate::{
    app::{location, on_both},
    review::approve,
    submission::{submitted, submitted_with_a_write},
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
async fn a_reviewer_sees_how_many_others_hold_it() {
    on_both(async |app| {
        submitted(app).await;
        let mut tx = app.db.write().await.unwrap();
        let key = PermissionKey::parse("read:items.status").unwrap();
        for partner in ["first-partner", "second-partner"] {
            let (_, integrations) = register(&mut tx, partner, &["one"]).await;
            let (id, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
            let declaration = declaration::insert(&mut tx, id, integrations[0]).await.unwrap();
            let declared = declaration::add_permission(&mut tx, declaration, &key).await.unwrap();
            case::submit(&mut tx, id, 1, None).await.unwrap();
            case::decide(&mut tx, id, Outcome::Carried).await.unwrap();
            let ends_at = tx.now() + Duration::days(90);
            grant::insert(&mut tx, integrations[0], id, declared, ends_at).await.unwrap();
        }
        tx.commit().await.unwrap();
        let page = app.signed_in("sco-1@demo.example").await.page(FIRST).await;
        assert!(page.contains("2 integrations of other partners hold it now"), "{page}");
        assert!(!page.contains("first-partner") && !page.contains("second-partner"), "how many, and not who: {page}");
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

#[tokio::test]
async fn a_reviewer_reads_what_to_weigh_beside_a_finding_and_its_partner_does_not() {
    on_both(async |app| {
        let words = "What goes wrong when the write is wrong, and how it is undone";
        let partner = submitted_with_a_write(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page(FIRST).await;
        let (_, finding) = page.split_once("rule-PIS-3.write").unwrap();
        let (finding, _) = finding.split_once("</li>").unwrap();
        assert!(finding.contains(&format!("To weigh: {words}.")), "{page}");
        assert_eq!(page.matches("To weigh:").count(), 1, "nothing else is restricted: {page}");

        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        assert!(member.page(FIRST).await.contains(&format!("To weigh: {words}.")), "the record keeps it");
        let mut tx = app.db.read().await.unwrap();
        let reference = CaseRef::parse("PJ-2026-0001").unwrap();
        let case = kwanus_store::case::lookup(&mut tx, reference).await.unwrap().unwrap();
        let decision = kwanus_store::case::lookup_decision(&mut tx, case.id).await.unwrap().unwrap();
        let facts = decision.facts.0.to_string();
        assert!(facts.contains(&format!("\"weigh\":\"{words}\"")), "as it was decided: {facts}");

        for path in ["", "/check", "/print"] {
            let page = partner.page(&format!("/submissions/PJ-2026-0001{path}")).await;
            assert!(!page.contains("To weigh") && !page.contains(words), "{path}: {page}");
        }
    })
    .await;
}
