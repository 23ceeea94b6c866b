//! How much a partner's users may upload in a day.

use chrono::Duration;
use kwanus_domain::{evidence::MOST_BYTES_OF_DAY, partner::Slug};
use kwanus_store::{evidence, partner};

use crate::{
    app::{TestApp, Visitor, location, on_both},
    evidence::{CASE, KEY, PAGE, PDF, SHOWN, ZIP, attach, draft, link, rows},
};

const REFUSED: &str = "“a.pdf” is more than your organisation may upload now: 500 MB in 24 hours";

/// As if Orbit CRM's users had uploaded all but so many bytes of what they may, and removed it again.
async fn uploaded_all_but(app: &TestApp, bytes: u64) {
    let mut tx = app.db.write().await.unwrap();
    let partner = partner::lookup_by_slug(&mut tx, &Slug::parse("orbit-crm").unwrap()).await.unwrap().unwrap();
    evidence::count_upload(&mut tx, partner.id, MOST_BYTES_OF_DAY - bytes).await.unwrap();
    tx.commit().await.unwrap();
}

async fn remove(visitor: &Visitor) {
    let id = visitor.hidden(PAGE, "evidence").await;
    let fields = [("case", CASE), ("permission", KEY), ("evidence", &*id)];
    assert_eq!(location(&visitor.post("/do/remove_evidence", &fields).await), PAGE);
}

#[tokio::test]
async fn attaching_and_removing_in_a_circle_ends_until_a_day_is_over() {
    on_both(async |app| {
        let visitor = draft(app).await;
        uploaded_all_but(app, 3 * 4096).await;
        for n in 0..3 {
            attach(&visitor, &[], "a.txt", format!("Deleted at 12:0{n}").as_bytes()).await;
            assert_eq!(rows(app).await.len(), 1, "file {n}");
            remove(&visitor).await;
        }
        assert_eq!(attach(&visitor, &[], "a.pdf", PDF).await, PAGE);
        let page = visitor.page(PAGE).await;
        for says in [REFUSED, "after Thu 19 Nov 2026, 10:00 UTC", "href=\"#file\"", SHOWN, "value=\"2026-10-31\""] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(rows(app).await, []);
        // A link takes no room.
        link(&visitor, "https://docs.orbit.example/", "A page").await;
        assert_eq!(rows(app).await.len(), 1);

        // Another partner has its own.
        let other = app.signed_in("partner@helio-health.demo.example").await;
        let list = location(&other.post("/do/start_submission", &[("integration", "claims-reader")]).await);
        let case = list.rsplit('/').next().unwrap();
        other.post("/do/add_permission", &[("case", case), ("permission", KEY)]).await;
        let page = attach(&other, &[("case", case)], "a.pdf", PDF).await;
        assert!(other.page(&page).await.contains("“a.pdf” is attached."));

        // Not a minute before what is told, and then at once.
        app.clock.advance(Duration::hours(24) + Duration::minutes(17));
        let visitor = app.signed_in("partner@orbit-crm.demo.example").await;
        attach(&visitor, &[], "a.pdf", PDF).await;
        assert!(visitor.page(PAGE).await.contains(REFUSED));
        app.clock.advance(Duration::minutes(1));
        attach(&visitor, &[], "a.pdf", PDF).await;
        assert!(visitor.page(PAGE).await.contains("“a.pdf” is attached."));
    })
    .await;
}

#[tokio::test]
async fn what_is_said_to_be_too_much_is_refused_before_anybody_looks_at_it() {
    on_both(async |app| {
        let visitor = draft(app).await;
        uploaded_all_but(app, 100 * 1024).await;
        let of_size = |beginning: &[u8], kilobytes: usize| {
            let mut content = beginning.to_vec();
            content.resize(kilobytes * 1024, 7);
            content
        };
        let says = async |content: &[u8]| {
            attach(&visitor, &[], "a.pdf", content).await;
            let page = visitor.page(PAGE).await;
            (page.contains(REFUSED), page.contains("is a zip archive"))
        };
        assert_eq!(says(&of_size(ZIP, 300)).await, (true, false), "it is not looked at");
        assert_eq!(says(&of_size(ZIP, 90)).await, (false, true), "it might be attached");
        // How large it is, its end says: the rest of the form might be as large.
        assert_eq!(says(&of_size(PDF, 120)).await, (true, false));
        assert_eq!(says(&of_size(PDF, 90)).await, (false, false));
        assert_eq!(rows(app).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_twice_counts_once() {
    on_both(async |app| {
        let visitor = draft(app).await;
        uploaded_all_but(app, 4096).await;
        for note in ["Screen 2", "Screen 3"] {
            attach(&visitor, &[("note", note)], "a.pdf", PDF).await;
            assert!(visitor.page(PAGE).await.contains("“a.pdf” is attached."), "{note}");
        }
        assert_eq!(rows(app).await.len(), 1);
    })
    .await;
}
