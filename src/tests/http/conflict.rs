//! What members are to partners, who is away and who acts for them, and whether a board reaches its quorum.

use chrono::Duration;
use kwanus_domain::account::Email;
use kwanus_store::account::person;

use crate::{
    app::{TestApp, Visitor, location, on_both},
    submission::submitted,
};

const OWN: &str = "/account/conflicts";
const LEAVE: &str = "/account/leave";
const NOTICE: &str = "Declare what you are to partners";

/// The address of somebody of the demo: `sco-1`, or the partner's user of `orbit-crm`.
fn address(who: &str) -> String {
    if who == "orbit-crm" { "partner@orbit-crm.demo.example".to_owned() } else { format!("{who}@demo.example") }
}

/// The identifier of somebody of the demo.
async fn id(app: &TestApp, local: &str) -> String {
    let email = Email::parse(&address(local)).unwrap();
    let found = person::lookup_by_email(&mut app.db.read().await.unwrap(), &email).await.unwrap();
    found.unwrap().id.to_string()
}

async fn member(app: &TestApp, local: &str) -> Visitor {
    app.signed_in(&address(local)).await
}

/// Declares a relation to Orbit CRM; answers where that leads.
async fn declare(visitor: &Visitor, relation: &str) -> String {
    let fields = [("partner", "orbit-crm"), ("relation", relation), ("from", "2026-01-01")];
    location(&visitor.post("/do/declare_conflict", &fields).await)
}

/// The identifier in the first link on the page by which a relation is ended; nothing where there is none.
async fn to_end(visitor: &Visitor, path: &str) -> String {
    let page = visitor.page(path).await;
    let rest = page.split_once(&format!("href=\"{path}?end=")).map_or("", |(_, rest)| rest);
    rest.split('#').next().unwrap_or_default().to_owned()
}

async fn kinds(app: &TestApp) -> Vec<String> {
    let of = ["conflict", "leave", "delegat"];
    let log = app.log().await.into_iter().map(|event| event.kind);
    log.filter(|kind| of.iter().any(|word| kind.contains(word))).collect()
}

#[tokio::test]
async fn what_is_wrong_with_a_declaration_stands_beside_its_field_and_what_was_typed_stays() {
    on_both(async |app| {
        let visitor = member(app, "sco-1").await;
        let fields =
            [("partner", "nowhere"), ("relation", "equity"), ("from", "soon"), ("until", ""), ("note", "A few shares")];
        assert_eq!(location(&visitor.post("/do/declare_conflict", &fields).await), OWN);
        let page = visitor.page(OWN).await;
        for says in [
            "<title>Error: What you are to partners",
            "There is no partner of that short name",
            "Enter a date, such as 2027-05-31",
            "value=\"nowhere\"",
            "value=\"equity\" checked",
            "value=\"soon\"",
            "A few shares",
            "Nothing is declared.",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!visitor.page(OWN).await.contains("nowhere"), "it is shown once");
        assert_eq!(location(&visitor.post("/do/declare_conflict", &[]).await), OWN);
        let page = visitor.page(OWN).await;
        for says in
            ["Name the partner by its short name", "Choose what the relation is", "Enter the day on which it began"]
        {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(kinds(app).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_relation_is_declared_once_and_ends_without_being_lost() {
    on_both(async |app| {
        let visitor = member(app, "sco-1").await;
        assert_eq!(declare(&visitor, "equity").await, OWN);
        let page = visitor.page(OWN).await;
        for says in ["Your relation is declared.", "Orbit CRM", "From Thu 1 Jan 2026", "Hard: recused"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(declare(&visitor, "equity").await, OWN);
        assert!(visitor.page(OWN).await.contains("This relation to Orbit CRM is declared already"));

        let conflict = to_end(&visitor, OWN).await;
        let form = format!("{OWN}?end={conflict}");
        assert!(visitor.page(&form).await.contains("Why does it end?"));
        let early = [("conflict", &*conflict), ("last_day", "2026-11-17"), ("reason", " ")];
        assert_eq!(location(&visitor.post("/do/end_conflict", &early).await), form);
        let page = visitor.page(&form).await;
        for says in ["Choose Wed 18 Nov 2026 or later", "Give a reason", "value=\"2026-11-17\""] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let good = [("conflict", &*conflict), ("last_day", "2026-11-18"), ("reason", "I sold them")];
        assert_eq!(location(&visitor.post("/do/end_conflict", &good).await), OWN);
        let page = visitor.page(OWN).await;
        for says in ["The relation ends on Wed 18 Nov 2026.", "I sold them", "Hard: recused"] {
            assert!(page.contains(says), "it lasts until 24:00: {says}: {page}");
        }
        app.clock.advance(Duration::days(1));
        let visitor = member(app, "sco-1").await;
        let page = visitor.page(OWN).await;
        assert!(page.contains("Soft: shown beside the position") && !page.contains("?end="), "{page}");
        assert_eq!(kinds(app).await, ["conflict_ended", "conflict_declared"]);
        // Another member knows nothing of it.
        let other = member(app, "sco-2").await;
        assert_eq!(other.post("/do/end_conflict", &good).await.status(), 404);
        assert!(!other.page("/boards/sco").await.contains("What members are to partners"));
    })
    .await;
}

#[tokio::test]
async fn members_are_asked_at_first_and_every_year_and_are_not_locked_out() {
    on_both(async |app| {
        let visitor = member(app, "sco-1").await;
        assert_eq!(location(&visitor.get("/").await), "/docket");
        let docket = visitor.page("/docket").await;
        assert!(docket.contains(NOTICE) && docket.contains("href=\"/account/conflicts\""), "{docket}");
        // One relation is not all of them.
        declare(&visitor, "client").await;
        assert!(visitor.page("/docket").await.contains(NOTICE));
        assert_eq!(location(&visitor.post("/do/confirm_nothing_to_declare", &[]).await), OWN);
        assert!(visitor.page(OWN).await.contains("It is kept that you have nothing else to declare."));
        assert!(!visitor.page("/docket").await.contains(NOTICE));
        assert_eq!(kinds(app).await, ["conflicts_confirmed", "conflict_declared"]);
        app.clock.advance(Duration::days(365));
        assert!(!member(app, "sco-1").await.page("/docket").await.contains(NOTICE));
        app.clock.advance(Duration::minutes(1));
        let visitor = member(app, "sco-1").await;
        assert!(visitor.page("/docket").await.contains(NOTICE));
        assert!(visitor.page(OWN).await.contains("It is time to say so again."));
    })
    .await;
}

#[tokio::test]
async fn a_chair_adds_what_a_member_is_and_the_member_does_not_take_it_back() {
    on_both(async |app| {
        let (priya, chair) = (id(app, "sco-1").await, member(app, "sco-chair").await);
        let fields = [
            ("board", "sco"),
            ("person", &*priya),
            ("partner", "orbit-crm"),
            ("relation", "family"),
            ("from", "2026-03-01"),
            ("note", "A sister works there"),
        ];
        for (local, status) in [("sco-2", 403), ("tsc-chair", 403), ("auditor", 403)] {
            let visitor = member(app, local).await;
            assert_eq!(visitor.post("/do/add_conflict", &fields).await.status(), status, "{local}");
        }
        let mut wrong = fields;
        wrong[2].1 = "nowhere";
        assert_eq!(location(&chair.post("/do/add_conflict", &wrong).await), "/boards/sco");
        let page = chair.page("/boards/sco").await;
        assert!(
            page.contains("There is no partner of that short name") && page.contains("A sister works there"),
            "{page}"
        );
        assert!(page.contains(&format!("<option value=\"{priya}\" selected>Priya Raman</option>")), "{page}");
        assert_eq!(location(&chair.post("/do/add_conflict", &fields).await), "/boards/sco#conflicts");
        let page = chair.page("/boards/sco").await;
        for says in ["The relation is added.", "Orbit CRM", "by Hanna Weiss", "Hard: recused"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        // Who reads it, and who may end it.
        let conflict = to_end(&chair, "/boards/sco").await;
        let end = [("board", "sco"), ("conflict", &*conflict), ("last_day", "2026-11-18"), ("reason", "She left")];
        let member_page = member(app, "sco-1").await;
        let own = member_page.page(OWN).await;
        assert!(
            own.contains("by Hanna Weiss") && own.contains("A sister works there") && !own.contains("?end="),
            "{own}"
        );
        assert_eq!(member_page.post("/do/end_conflict", &end).await.status(), 403);
        let auditor = member(app, "auditor").await.page("/boards/sco").await;
        assert!(auditor.contains("by Hanna Weiss"), "{auditor}");
        assert!(!auditor.contains("?end=") && !auditor.contains("/do/add_conflict"), "{auditor}");
        for local in ["sco-2", "tsc-chair"] {
            let page = member(app, local).await.page("/boards/sco").await;
            assert!(page.contains("Priya Raman") && !page.contains("A sister works there"), "{local}: {page}");
        }
        assert_eq!(location(&chair.post("/do/end_conflict", &end).await), "/boards/sco");
        assert!(chair.page("/boards/sco").await.contains("She left"));
        // An administrator adds it of anybody but a partner's user.
        let admin = member(app, "admin").await;
        let auditor = id(app, "auditor").await;
        let mut other = fields;
        other[1].1 = &auditor;
        assert_eq!(location(&admin.post("/do/add_conflict", &other).await), "/boards/sco#conflicts");
        let user = id(app, "orbit-crm").await;
        other[1].1 = &user;
        assert_eq!(admin.post("/do/add_conflict", &other).await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn a_partners_user_sees_and_does_none_of_it() {
    on_both(async |app| {
        let (priya, partner) = (id(app, "sco-1").await, member(app, "orbit-crm").await);
        for path in [OWN, LEAVE, "/boards", "/boards/sco"] {
            assert_eq!(partner.get(path).await.status(), 404, "{path}");
        }
        let relation = [("partner", "orbit-crm"), ("relation", "equity"), ("from", "2026-01-01"), ("person", &*priya)];
        let days = [("leave_from", "2026-11-20"), ("leave_until", "2026-11-21")];
        let deputy = [("board", "sco"), ("deputy", &*priya), ("from", "2026-11-20"), ("until", "2026-11-21")];
        for (verb, fields) in [
            ("declare_conflict", &relation[..]),
            ("add_conflict", &relation),
            ("confirm_nothing_to_declare", &[]),
            ("take_leave", &days),
            ("delegate", &deputy),
        ] {
            assert_eq!(partner.post(&format!("/do/{verb}"), fields).await.status(), 404, "{verb}");
        }
        assert_eq!(kinds(app).await, [""; 0]);
        assert!(!partner.page("/account").await.contains("/account/conflicts"));
        // Nor is one ever a deputy.
        let member = member(app, "sco-1").await;
        let user = id(app, "orbit-crm").await;
        let fields = [("board", "sco"), ("deputy", &*user), ("from", "2026-11-20"), ("until", "2026-11-21")];
        assert_eq!(location(&member.post("/do/delegate", &fields).await), LEAVE);
        let page = member.page(LEAVE).await;
        assert!(page.contains("Choose a deputy from the list") && !page.contains(&user), "{page}");
    })
    .await;
}

#[tokio::test]
async fn leave_and_deputies_are_said_on_the_board_and_decide_whether_a_quorum_is_in_reach() {
    on_both(async |app| {
        submitted(app).await;
        let chair = member(app, "sco-chair").await;
        let page = chair.page("/boards/sco").await;
        let plain = "SCO can reach its quorum of 3 by Wed 2 Dec 2026: 5 members have spoken or can.";
        assert!(page.contains(plain) && page.contains("In reach") && page.contains("PJ-2026-0001"), "{page}");
        for n in 1..=3 {
            let visitor = member(app, &format!("sco-{n}")).await;
            let days = [("leave_from", "2026-11-18"), ("leave_until", "2026-12-09")];
            assert_eq!(location(&visitor.post("/do/take_leave", &days).await), LEAVE);
            let page = visitor.page(LEAVE).await;
            assert!(page.contains("You are away Wed 18 Nov 2026 to Wed 9 Dec 2026."), "{page}");
        }
        let missed = "SCO misses its quorum of 3 by Wed 2 Dec 2026: 2 members can speak until then, and 1 of Adaeze Nwosu, Priya Raman and Tomasz Zielinski would be needed, or a deputy.";
        let page = chair.page("/boards/sco").await;
        assert!(page.contains(missed) && page.contains("Out of reach"), "{page}");
        assert!(page.contains("Away until Wed 9 Dec 2026, no deputy"), "{page}");
        assert!(chair.page("/boards").await.contains("3, no deputy"));

        let priya = member(app, "sco-1").await;
        let (seated, ingrid) = (id(app, "sco-2").await, id(app, "tsc-1").await);
        let deputy = |who, until| [("board", "sco"), ("deputy", who), ("from", "2026-11-18"), ("until", until), ("kinds[0]", "PJ")];
        assert_eq!(location(&priya.post("/do/delegate", &deputy(&seated, "2026-12-09")).await), LEAVE);
        let page = priya.page(LEAVE).await;
        assert!(page.contains("Choose somebody who does not sit on this board in these days"), "{page}");
        assert!(page.contains("value=\"2026-12-09\"") && page.contains("value=\"PJ\" checked"), "{page}");
        assert_eq!(location(&priya.post("/do/delegate", &deputy(&ingrid, "")).await), LEAVE);
        assert!(priya.page(LEAVE).await.contains("Enter the last day"));
        assert_eq!(location(&priya.post("/do/delegate", &deputy(&ingrid, "2026-12-09")).await), LEAVE);
        let page = priya.page(LEAVE).await;
        let done = "Your deputy acts for SCO Wed 18 Nov 2026 to Wed 9 Dec 2026.";
        assert!(page.contains(done) && page.contains("Permission justification"), "{page}");
        let only = "SCO reaches its quorum of 3 by Wed 2 Dec 2026 only with Hanna Weiss, Claire Fontaine and Priya Raman.";
        let page = chair.page("/boards/sco").await;
        assert!(page.contains(only), "{page}");
        let seen = member(app, "erc-1").await.page("/boards/sco").await;
        assert!(seen.contains("Ingrid Solheim acts for them until Wed 9 Dec 2026"), "{seen}");
        assert!(!seen.contains("Quorum in the next 90 days"), "{seen}");

        // Who acts for one member acts for no other, and can lay it down.
        let adaeze = member(app, "sco-2").await;
        adaeze.post("/do/delegate", &deputy(&ingrid, "2026-12-09")).await;
        assert!(adaeze.page(LEAVE).await.contains("they act for another member of this board"));
        let acting = member(app, "tsc-1").await;
        assert!(acting.page(LEAVE).await.contains("For whom you act"));
        let delegation = acting.hidden(LEAVE, "delegation").await;
        let end = [("delegation", &*delegation)];
        assert_eq!(adaeze.post("/do/end_delegation", &end).await.status(), 404);
        assert_eq!(location(&acting.post("/do/end_delegation", &end).await), LEAVE);
        assert!(chair.page("/boards/sco").await.contains(missed));
        // Back early, one counts again; the case's partner may be who recuses somebody.
        let leave = priya.hidden(LEAVE, "leave").await;
        assert_eq!(location(&priya.post("/do/end_leave", &[("leave", &*leave)]).await), LEAVE);
        assert!(chair.page("/boards/sco").await.contains(only));
        assert_eq!(declare(&priya, "employment").await, OWN);
        let without = "SCO misses its quorum of 3 by Wed 2 Dec 2026: 2 members can speak until then, and 1 of Adaeze Nwosu and Tomasz Zielinski would be needed, or a deputy.";
        assert!(chair.page("/boards/sco").await.contains(without));
    })
    .await;
}

#[tokio::test]
async fn only_members_take_leave_and_what_is_wrong_with_it_is_told() {
    on_both(async |app| {
        let visitor = member(app, "sco-1").await;
        assert_eq!(location(&visitor.post("/do/take_leave", &[("leave_from", "2026-11-20")]).await), LEAVE);
        let page = visitor.page(LEAVE).await;
        assert!(page.contains("Enter the last day") && page.contains("value=\"2026-11-20\""), "{page}");
        let days = [("leave_from", "2026-11-20"), ("leave_until", "2026-11-27")];
        visitor.post("/do/take_leave", &days).await;
        visitor.post("/do/take_leave", &days).await;
        let page = visitor.page(LEAVE).await;
        assert!(page.contains("You are away Fri 20 Nov 2026 to Fri 27 Nov 2026 already"), "{page}");
        assert_eq!(kinds(app).await, ["leave_taken"]);
        let leave = visitor.hidden(LEAVE, "leave").await;
        let other = member(app, "sco-2").await;
        assert_eq!(other.post("/do/end_leave", &[("leave", &*leave)]).await.status(), 404);
        let admin = member(app, "admin").await;
        assert_eq!(admin.post("/do/take_leave", &days).await.status(), 403);
        let page = admin.page(LEAVE).await;
        assert!(
            page.contains("You sit on no board, and act for nobody.") && !page.contains("/do/take_leave"),
            "{page}"
        );
        assert_eq!(location(&visitor.post("/do/end_leave", &[("leave", &*leave)]).await), LEAVE);
        assert_eq!(kinds(app).await, ["leave_ended", "leave_taken"]);
    })
    .await;
}

#[tokio::test]
async fn the_boards_are_listed_with_their_chairs_and_found_by_their_key_alone() {
    on_both(async |app| {
        let auditor = member(app, "auditor").await;
        let page = auditor.page("/boards").await;
        for says in [
            "20 members sit on 4 boards; nobody is away today.",
            "Hanna Weiss",
            "Security and compliance",
            "href=\"/boards/cgb\"",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        app.member_until("short@kwanus.example", "cgb", "2026-12-01").await;
        let page = auditor.page("/boards/cgb").await;
        for says in ["6 members.", "Eleanor Whitfield", "Short Term", "Tue 1 Dec 2026", "in 13 days"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("past member"), "{page}");
        app.clock.advance(Duration::days(14));
        let auditor = member(app, "auditor").await;
        assert!(auditor.page("/boards/cgb").await.contains("1 past member"));
        for path in ["/boards/none", "/boards/CGB", "/boards/0"] {
            assert_eq!(auditor.get(path).await.status(), 404, "{path}");
        }
    })
    .await;
}
