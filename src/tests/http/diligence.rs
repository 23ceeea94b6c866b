//! What positions rest on: measured as cases are read, and between a member and their chair.

use chrono::Duration;

use crate::{
    app::{TestApp, Visitor, on_both},
    campaign::{self, opened},
    evidence::{CASE, PDF, attach, draft},
    review::say,
    submission::submit,
};

const PAGE: &str = "/boards/sco/diligence";
const CASE_PAGE: &str = "/cases/PJ-2026-0001";

async fn member(app: &TestApp, name: &str) -> Visitor {
    app.signed_in(&format!("{name}@demo.example")).await
}

/// What stands in the cell of that column in the only row, or in the one that names this member.
pub fn cell(page: &str, member: &str, column: &str) -> String {
    let row = page.split("<tr>").find(|row| row.contains("scope=\"row\"") && row.contains(member)).unwrap_or(page);
    let (_, rest) = row.split_once(&format!("data-label=\"{column}\"")).unwrap_or_else(|| panic!("{column}: {page}"));
    let (_, cell) = rest.split_once('>').unwrap();
    let (cell, _) = cell.split_once("</td>").unwrap();
    let mut text = String::new();
    for piece in cell.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A case whose one permission has a file; the address of the file.
async fn with_evidence(app: &TestApp) -> String {
    let partner = draft(app).await;
    attach(&partner, &[], "log.pdf", PDF).await;
    submit(&partner).await;
    let page = member(app, "auditor").await.page(CASE_PAGE).await;
    let (_, rest) = page.split_once("href=\"/evidence/").unwrap();
    format!("/evidence/{}", rest.split_once('"').unwrap().0)
}

/// How many openings are noted, and of how many evidence.
async fn readings(app: &TestApp) -> (i64, i64) {
    let mut tx = app.db.read().await.unwrap();
    tx.query("SELECT COUNT(*), COUNT(evidence_opened_at) FROM reading").one().await.unwrap()
}

#[tokio::test]
async fn what_a_member_opened_is_measured_and_read_by_them_and_their_chair_alone() {
    on_both(async |app| {
        let file = with_evidence(app).await;
        let one = member(app, "sco-1").await;
        let page = one.page(PAGE).await;
        assert_eq!((cell(&page, "", "Positions"), cell(&page, "", "Opening to position")), ("0".into(), "–".into()));
        one.page(CASE_PAGE).await;
        app.clock.advance(Duration::minutes(130));
        let one = member(app, "sco-1").await;
        one.page(CASE_PAGE).await;
        assert_eq!(one.get(&file).await.status(), 200);
        assert_eq!(readings(app).await, (1, 1), "the first time stays");
        assert_eq!(say(&one, "sco", "1", "approve", "").await, 303);

        // From the docket, without its evidence.
        let two = member(app, "sco-2").await;
        two.page(&format!("/docket?open={CASE}")).await;
        app.clock.advance(Duration::seconds(245));
        let fields =
            [("case", CASE), ("board", "sco"), ("revision", "1"), ("position", "approve"), ("reason", "Narrow")];
        assert_eq!(two.post("/do/record_and_open_next", &fields).await.status(), 303);
        // Without even looking at it.
        let three = member(app, "sco-3").await;
        assert_eq!(say(&three, "sco", "1", "abstain", "").await, 303);

        let page = one.page(PAGE).await;
        assert!(page.contains("Priya Raman") && page.matches("scope=\"row\"").count() == 1, "{page}");
        let (all, unread) = ("Positions", "Approved without opening evidence");
        let (time, revoked) = ("Opening to position", "Approvals later revoked");
        for (column, expected) in [(all, "1"), (time, "2 h 10 min"), (unread, "0 of 1"), (revoked, "–")] {
            assert_eq!(cell(&page, "Priya Raman", column), expected, "{column}");
        }
        let page = two.page(PAGE).await;
        assert_eq!((cell(&page, "", time), cell(&page, "", unread)), ("4 min".into(), "1 of 1".into()));
        let page = three.page(PAGE).await;
        let expected = ("– 1 of 1 without opening the case".into(), "–".into());
        assert_eq!((cell(&page, "", time), cell(&page, "", unread)), expected);
        assert!(!page.contains("Priya Raman"), "{page}");

        let chair = member(app, "sco-chair").await;
        let page = chair.page(PAGE).await;
        assert_eq!(page.matches("scope=\"row\"").count(), 5, "{page}");
        assert_eq!(cell(&page, "Priya Raman", time), "2 h 10 min");
        assert!(chair.page("/boards/sco").await.contains(PAGE) && three.page("/boards/sco").await.contains(PAGE));
        for other in ["tsc-1", "tsc-chair", "cgb-chair", "admin", "auditor"] {
            let other = member(app, other).await;
            assert_eq!(other.get(PAGE).await.status(), 403);
            assert!(!other.page("/boards/sco").await.contains(PAGE));
        }
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        assert_eq!(partner.get(PAGE).await.status(), 404);
        assert_eq!(chair.get("/boards/none/diligence").await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn only_of_who_may_vote_it_is_noted_and_in_no_log() {
    on_both(async |app| {
        let file = with_evidence(app).await;
        let recused = member(app, "sco-3").await;
        let own = [("partner", "orbit-crm"), ("relation", "employment"), ("from", "2026-01-01"), ("note", "")];
        assert_eq!(recused.post("/do/declare_conflict", &own).await.status(), 303);
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        assert_eq!(partner.get(&file).await.status(), 200);
        for reader in ["sco-3", "erc-1", "admin", "auditor"] {
            let reader = member(app, reader).await;
            reader.page(CASE_PAGE).await;
            assert_eq!(reader.get(&file).await.status(), 200);
        }
        assert_eq!(readings(app).await, (0, 0));
        let voter = member(app, "sco-1").await;
        let before = app.log().await.len();
        assert_eq!(voter.get(&file).await.status(), 200);
        assert_eq!(readings(app).await, (1, 1), "who opens a file has opened the case by that");
        voter.page(CASE_PAGE).await;
        assert_eq!((readings(app).await, app.log().await.len()), ((1, 1), before));
    })
    .await;
}

#[tokio::test]
async fn an_approval_counts_as_revoked_once_a_review_ends_what_it_granted() {
    on_both(async |app| {
        opened(app).await;
        let revoked = "Approvals later revoked";
        assert_eq!(cell(&member(app, "sco-1").await.page(PAGE).await, "", revoked), "0 of 1");
        let case = "QR-2027-0004";
        campaign::all(app, &["sco"], case, "reduce", &campaign::REDUCE).await;
        campaign::all(app, &["tsc", "erc"], case, "continue", &[]).await;
        assert_eq!(cell(&member(app, "sco-1").await.page(PAGE).await, "", revoked), "1 of 1");
        assert_eq!(cell(&member(app, "sco-4").await.page(PAGE).await, "", revoked), "–", "they did not approve it");
        // A year later nothing of it is counted any more.
        app.clock.advance(Duration::days(366));
        let page = member(app, "sco-1").await.page(PAGE).await;
        assert_eq!((cell(&page, "", "Positions"), cell(&page, "", revoked)), ("0".into(), "–".into()));
    })
    .await;
}
