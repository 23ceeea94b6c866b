//! Inboxes: who is told of what, and what they do with it.

use chrono::Duration;
use kwanus_domain::{
    account::Email,
    board::BoardKey,
    case::CaseRef,
    notice::{Delivery, News},
};
use kwanus_service::{Caller, ballot};
use kwanus_store::{
    account::person,
    notice::{self, Recipient},
};

use crate::{
    app::{TestApp, Visitor, location, on_both},
    review::{approve, say},
    submission::{revised, submitted},
};

const CASE: &str = "PJ-2026-0001";
const BEFORE: &str = "PJ-2026-0001 is before your board";
const READ: &str = "You have read everything.";

async fn inbox(app: &TestApp, email: &str) -> String {
    app.signed_in(email).await.page("/inbox").await
}

/// Asks the partner for a change in the name of SCO.
async fn ask(member: &Visitor) {
    let fields = [("case", CASE), ("board", "sco"), ("about", "whole"), ("text", "Shorten it to 12 hours")];
    assert_eq!(location(&member.post("/do/ask_for_change", &fields).await), "/cases/PJ-2026-0001#request-1");
}

async fn answer(partner: &Visitor) {
    let fields = [("case", CASE), ("request", "1"), ("text", "24 are needed")];
    assert_eq!(partner.post("/do/answer_request", &fields).await.status(), 303);
}

#[tokio::test]
async fn members_are_told_of_what_is_before_their_board_and_mark_it_themselves() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page("/inbox").await;
        for says in [
            BEFORE,
            "href=\"/cases/PJ-2026-0001\"",
            "Permission justification about Client Timeline of Orbit CRM.",
            "Not read",
            "1 notice is not read yet.",
            "Mark all as read",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("<script"), "{page}");
        for (email, why) in [
            ("erc-1@demo.example", "a board that is only informed"),
            ("partner@orbit-crm.demo.example", "who submitted it"),
            ("partner@helio-health.demo.example", "another partner"),
            ("auditor@demo.example", "no member"),
        ] {
            let page = inbox(app, email).await;
            assert!(page.contains(READ) && page.contains("Nothing was told you yet"), "{why}: {page}");
        }
        // To follow a link marks nothing.
        member.page("/cases/PJ-2026-0001").await;
        let docket = member.page("/docket").await;
        assert!(docket.contains("Inbox <span>1<span class=\"vh\"> not read</span></span>"), "{docket}");

        let id = member.hidden("/inbox", "notice").await;
        let colleague = app.signed_in("sco-2@demo.example").await;
        for somebody in [&colleague, &partner] {
            assert_eq!(somebody.post("/do/mark_notice_read", &[("notice", &id)]).await.status(), 404);
        }
        assert_eq!(location(&member.post("/do/mark_notice_read", &[("notice", &id)]).await), "/inbox");
        let page = member.page("/inbox").await;
        for says in ["The notice is marked as read.", READ, BEFORE, "Read just now"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("Mark all as read") && !page.contains("Not read"), "{page}");
        assert!(member.page("/docket").await.contains("Inbox</a>"), "no count of nothing");
        assert!(colleague.page("/inbox").await.contains("1 notice is not read yet."));
    })
    .await;
}

#[tokio::test]
async fn another_revision_is_told_anew_and_answers_whoever_asked() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        ask(&member).await;
        revised(&partner, "Shows what is owed").await;
        let page = member.page("/inbox").await;
        for says in [
            "PJ-2026-0001: revision 2 is before your board",
            "PJ-2026-0001: request 1 is answered",
            "The partner answered what you asked by revision 2.",
            "href=\"/cases/PJ-2026-0001#request-1\"",
            "3 notices are not read yet.",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let colleague = inbox(app, "sco-2@demo.example").await;
        assert!(colleague.contains("2 notices are not read yet.") && !colleague.contains("request 1"), "{colleague}");
    })
    .await;
}

#[tokio::test]
async fn a_partner_is_told_what_its_pages_show_and_nothing_else() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        ask(&member).await;
        assert!(partner.page("/").await.contains("Inbox <span>1<span class=\"vh\"> not read</span></span>"));
        answer(&partner).await;
        assert!(member.page("/inbox").await.contains("PJ-2026-0001: request 1 is answered"));
        let reply = [("case", CASE), ("request", "1"), ("text", "Show why")];
        member.post("/do/reply_request", &reply).await;
        assert_eq!(say(&member, "sco", "1", "object", "Too long").await, 303);
        for board in ["sco", "tsc"] {
            approve(app, board, "1", &["2", "3", "4"]).await;
        }
        assert_eq!(say(&member, "sco", "1", "approve", "").await, 303);
        let page = partner.page("/inbox").await;
        for says in [
            "PJ-2026-0001: SCO asks for a change",
            "Answer request 1 by Wed 2 Dec 2026.",
            "href=\"/submissions/PJ-2026-0001#request-1\"",
            "PJ-2026-0001: SCO replied",
            "PJ-2026-0001 is carried",
            "The boards granted what you asked for Client Timeline.",
            "href=\"/submissions/PJ-2026-0001\"",
            "PJ-2026-0001: SCO raised a concern",
            "PJ-2026-0001: concern 1 is dropped",
            "5 notices are not read yet.",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        for hidden in ["Priya Raman", "object", "approve", "/cases/"] {
            assert!(!page.contains(hidden), "{hidden}: {page}");
        }
        assert!(inbox(app, "tsc-4@demo.example").await.contains("PJ-2026-0001 is carried"));
        assert!(inbox(app, "partner@helio-health.demo.example").await.contains(READ));
    })
    .await;
}

#[tokio::test]
async fn a_partner_is_told_where_its_integration_stands() {
    on_both(async |app| {
        let proposer = app.signed_in("tsc-4@demo.example").await;
        let step = [
            ("partner", "orbit-crm"),
            ("integration", "client-timeline"),
            ("to", "maintenance"),
            ("reason", "It has a successor"),
        ];
        proposer.post("/do/propose_transition", &step).await;
        assert!(proposer.page("/inbox").await.contains(READ), "nobody is told of what they propose themselves");
        let member = inbox(app, "erc-4@demo.example").await;
        assert!(member.contains("LT-2026-0001 is before your board") && member.contains("Lifecycle transition"));
        for board in ["tsc", "sco", "erc"] {
            for n in 1..=3 {
                let visitor = app.signed_in(&format!("{board}-{n}@demo.example")).await;
                let fields = [("case", "LT-2026-0001"), ("board", board), ("revision", "1"), ("position", "approve")];
                assert_eq!(visitor.post("/do/take_position", &fields).await.status(), 303);
            }
        }
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        let page = partner.page("/inbox").await;
        assert!(page.contains("LT-2026-0001: Client Timeline is in Maintenance"), "{page}");
        assert!(page.contains("1 notice is not read yet."), "the boards' cases are not its own: {page}");
        assert!(page.contains("href=\"/partners/orbit-crm/client-timeline\""), "{page}");
        assert_eq!(partner.get("/partners/orbit-crm/client-timeline").await.status(), 200);
        assert!(proposer.page("/inbox").await.contains("LT-2026-0001 is carried"));
    })
    .await;
}

#[tokio::test]
async fn members_without_a_position_are_told_once_that_a_ballot_is_extended() {
    on_both(async |app| {
        submitted(app).await;
        approve(app, "sco", "1", &["1"]).await;
        app.clock.advance(Duration::days(15));
        for _ in 0..2 {
            let mut tx = app.db.write().await.unwrap();
            kwanus_store::ballot::look_again(&mut tx, &BoardKey::parse("sco").unwrap()).await.unwrap();
            tx.commit().await.unwrap();
            ballot::settle_due(&app.db, &Caller::Operator).await.unwrap();
            app.clock.advance(Duration::days(1));
        }
        let silent = inbox(app, "sco-2@demo.example").await;
        assert_eq!(
            silent.matches("PJ-2026-0001: the ballot of SCO is extended").count(),
            2,
            "and in a label: {silent}"
        );
        assert!(silent.contains("It ends on Wed 9 Dec 2026, 17:00 UTC."), "{silent}");
        assert!(!inbox(app, "sco-1@demo.example").await.contains("is extended"));
        assert!(inbox(app, "tsc-1@demo.example").await.contains("the ballot of TSC is extended"));
    })
    .await;
}

#[tokio::test]
async fn another_administrator_is_told_of_a_proposal() {
    on_both(async |app| {
        let author = app.signed_in("admin@demo.example").await;
        let version = author.hidden("/admin/catalogue/new", "version").await;
        let fields =
            [("version", &*version), ("reason", "Nobody asks for it"), ("what", "retire"), ("key", "read:items.type")];
        let page = location(&author.post("/do/propose_change", &fields).await);
        assert!(author.page("/inbox").await.contains(READ));
        let second = inbox(app, "admin-2@demo.example").await;
        for says in ["waits for another administrator", "What is proposed: Retire read:items.type.", &*page] {
            assert!(second.contains(says), "{says}: {second}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_inbox_is_paged_what_is_not_read_first_and_marked_no_further_than_was_seen() {
    on_both(async |app| {
        let auditor = app.signed_in("auditor@demo.example").await;
        let tell = async |numbers: std::ops::RangeInclusive<i64>| {
            let mut tx = app.db.write().await.unwrap();
            let email = Email::parse("auditor@demo.example").unwrap();
            let id = person::lookup_by_email(&mut tx, &email).await.unwrap().unwrap().id;
            for number in numbers {
                app.clock.advance(Duration::seconds(1));
                let news = News::BallotExtended {
                    case: CaseRef::parse(&format!("PJ-2026-{number:04}")).unwrap(),
                    board: BoardKey::parse("sco").unwrap(),
                    ends_at: "2026-12-09T17:00:00Z".parse().unwrap(),
                };
                notice::insert(&mut tx, &[Recipient { id, delivery: Delivery::InboxOnly }], &news).await.unwrap();
            }
            tx.commit().await.unwrap();
        };
        tell(1..=30).await;
        let until = auditor.hidden("/inbox", "until").await;
        tell(31..=31).await;
        assert_eq!(location(&auditor.post("/do/mark_all_notices_read", &[("until", &until)]).await), "/inbox");
        let page = auditor.page("/inbox").await;
        assert!(
            page.contains("Your notices are marked as read.") && page.contains("1 notice is not read yet."),
            "{page}"
        );
        let place = |number: i64| page.find(&format!("PJ-2026-{number:04}"));
        assert!(place(31).unwrap() < place(30).unwrap() && place(6).is_none(), "{page}");
        let next = page.split_once("<a href=\"/inbox?after=read.").unwrap().1.split('"').next().unwrap();
        let later = auditor.page(&format!("/inbox?after=read.{next}")).await;
        for number in 1..=6 {
            assert!(later.contains(&format!("PJ-2026-{number:04}")), "{number}: {later}");
        }
        assert!(!later.contains("PJ-2026-0007") && !later.contains("Next page"), "{later}");
        // What nobody wrote leads to the first page.
        assert!(auditor.page("/inbox?after=nonsense").await.contains("PJ-2026-0031"));
        assert_eq!(auditor.post("/do/mark_all_notices_read", &[("until", "x")]).await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn everybody_chooses_how_they_are_told_by_email() {
    on_both(async |app| {
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        let chosen = |page: &str| {
            let (before, _) = page.split_once(" checked").unwrap();
            before.rsplit_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
        };
        assert_eq!(chosen(&partner.page("/inbox").await), "at_once");
        assert_eq!(location(&partner.post("/do/set_delivery", &[("delivery", "digest")]).await), "/inbox");
        let page = partner.page("/inbox").await;
        assert!(page.contains("Your choice of email is kept."), "{page}");
        assert_eq!(chosen(&page), "digest");
        partner.post("/do/set_delivery", &[("delivery", "by pigeon")]).await;
        let page = partner.page("/inbox").await;
        assert!(page.contains("Choose how you want to be told") && page.contains("There is 1 problem"), "{page}");
        assert_eq!(chosen(&partner.page("/inbox").await), "digest");
    })
    .await;
}
