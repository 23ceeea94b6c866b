//! Deciding: from a submission to positions, a decision and grants.

use chrono::Duration;
use kwanus_service::{Caller, ballot};

use crate::{
    app::{TestApp, Visitor, location, on_both},
    submission::{revised, submitted},
};

const CASE: &str = "PJ-2026-0001";
const PAGE: &str = "/cases/PJ-2026-0001";
const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";

/// Takes a position for the board whose member it is, of that revision.
pub async fn say(visitor: &Visitor, board: &str, revision: &str, position: &str, reason: &str) -> u16 {
    let fields = [
        ("case", CASE),
        ("board", board),
        ("revision", revision),
        ("position", position),
        ("reason", reason),
        ("concerns[0]", "what it reads"),
    ];
    visitor.post("/do/take_position", &fields).await.status().as_u16()
}

/// So many members of a board approve.
pub async fn approve(app: &TestApp, board: &str, revision: &str, members: &[&str]) {
    for member in members {
        let visitor = app.signed_in(&format!("{board}-{member}@demo.example")).await;
        assert_eq!(say(&visitor, board, revision, "approve", "").await, 303, "{board}-{member}");
    }
}

#[tokio::test]
async fn two_boards_carry_a_submission_and_its_grants_appear() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let docket = member.page("/docket").await;
        assert!(
            docket.contains("Orbit CRM: Client Timeline") && docket.contains("1 case needs your position"),
            "{docket}"
        );
        assert!(docket.contains("TSC and SCO need 3 more approvals each"), "{docket}");
        let page = member.page(PAGE).await;
        assert!(page.contains("To show which debts are open") && page.contains("Your position for"), "{page}");
        assert!(!member.page(INTEGRATION).await.contains("In force"));
        say(&member, "sco", "1", "approve", "Narrow, and for a time").await;
        let page = member.page(PAGE).await;
        assert!(page.contains("Your position is recorded: approve."), "{page}");
        assert!(page.contains("Priya Raman") && page.contains("SCO needs 2 more approvals"), "{page}");
        assert!(member.page("/docket").await.contains("No case needs your position"));
        // ERC is not asked: nothing of it is a workflow.
        let erc = app.signed_in("erc-1@demo.example").await;
        assert!(erc.page("/docket").await.contains("No case needs your position"));
        assert_eq!(say(&erc, "erc", "1", "approve", "").await, 404);
        assert_eq!(say(&erc, "sco", "1", "approve", "").await, 403, "not a member of SCO");
        approve(app, "sco", "1", &["2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2"]).await;
        let last = app.signed_in("tsc-3@demo.example").await;
        assert!(last.page(PAGE).await.contains("the case is decided: carried"), "the consequence is told before");
        assert!(last.page("/docket").await.contains("your approval would decide it"));
        say(&last, "tsc", "1", "approve", "").await;
        let page = last.page(PAGE).await;
        assert!(page.contains("PJ-2026-0001 is decided: carried.") && page.contains("Decision"), "{page}");
        let integration = last.page(INTEGRATION).await;
        assert!(integration.contains("In force") && integration.contains("Wed 31 Mar 2027"), "{integration}");
        assert!(integration.contains("1 permission is in force"));
        let own = partner.page(&format!("/submissions/{CASE}")).await;
        assert!(own.contains("Decided Wed 18 Nov 2026: carried."), "{own}");
        for name in ["Priya Raman", "Narrow, and for a time", "sco-1"] {
            assert!(!own.contains(name), "a partner never learns who took which position: {name}");
        }
        assert!(partner.page(INTEGRATION).await.contains("In force"));
        let event = &app.log().await[0];
        assert_eq!((event.kind.as_str(), &event.details.0["outcome"]), ("decided", &"carried".into()));
        // Nothing is said of it any more.
        say(&member, "sco", "1", "object", "Too late").await;
        let page = member.page(PAGE).await;
        assert!(!page.contains("/do/take_position") && page.contains("Carried"), "{page}");
        assert!(
            page.contains("was decided meanwhile: Carried") && page.contains("Too late"),
            "nothing is lost: {page}"
        );
        assert_eq!(app.log().await.iter().filter(|event| event.kind == "decided").count(), 1);
        // A grant is over the second it ends.
        app.clock.advance("2027-03-31T23:59:59Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap() - app.now());
        let auditor = app.signed_in("auditor@demo.example").await;
        assert!(auditor.page(INTEGRATION).await.contains("1 permission is in force"));
        app.clock.advance(Duration::seconds(1));
        let page = auditor.page(INTEGRATION).await;
        assert!(page.contains("No permission is granted") && page.contains("Expired"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_objection_needs_a_reason_and_blocks_until_it_is_withdrawn() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = app.signed_in("tsc-4@demo.example").await;
        say(&member, "tsc", "1", "object", " ").await;
        let page = member.page(PAGE).await;
        assert!(page.contains("Say what you object to") && page.contains("href=\"#reason-tsc\""), "{page}");
        say(&member, "tsc", "1", "", "A reason typed at length").await;
        let page = member.page(PAGE).await;
        assert!(page.contains("Choose a position") && page.contains("A reason typed at length"), "{page}");
        say(&member, "tsc", "1", "object", "No <b>rollback</b> is declared").await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        let page = member.page(PAGE).await;
        assert!(
            page.contains("TSC: Paolo Ferri’s concern “what it reads” is open")
                && page.contains("Held by an objection"),
            "{page}"
        );
        assert!(!page.contains("<b>rollback"), "inert");
        let colleague = app.signed_in("sco-4@demo.example").await.page(PAGE).await;
        let (_, reasons) = colleague.split_once("1 member gave a reason").unwrap();
        assert!(reasons.contains("Paolo Ferri") && reasons.contains("No &lt;b&gt;rollback&lt;/b&gt;"), "{reasons}");
        let own = partner.page(&format!("/submissions/{CASE}")).await;
        assert!(
            own.contains("Held by an objection") && own.contains("No &lt;b&gt;rollback&lt;/b&gt; is declared"),
            "{own}"
        );
        assert!(!own.contains("Ferri"), "{own}");
        say(&member, "tsc", "1", "abstain", "").await;
        let page = member.page(PAGE).await;
        assert!(page.contains("is decided: carried") && page.contains("changed from object to abstain"), "{page}");
        let (_, timeline) = page.split_once("Timeline").unwrap();
        assert!(timeline.contains("No &lt;b&gt;rollback"), "what was said before is still there: {timeline}");
    })
    .await;
}

#[tokio::test]
async fn a_board_that_can_no_longer_carry_declines() {
    on_both(async |app| {
        let partner = submitted(app).await;
        for member in ["1", "2", "3"] {
            let visitor = app.signed_in(&format!("sco-{member}@demo.example")).await;
            say(&visitor, "sco", "1", if member == "1" { "object" } else { "abstain" }, "Too broad").await;
        }
        let own = partner.page(&format!("/submissions/{CASE}")).await;
        assert!(own.contains("Decided Wed 18 Nov 2026: declined."), "{own}");
        assert!(partner.page(INTEGRATION).await.contains("No permission is granted"));
        // Another can be started, with nothing carried over: nothing was carried.
        let answer = partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        assert_eq!(location(&answer), "/submissions/PJ-2026-0002");
        assert!(partner.page("/submissions/PJ-2026-0002").await.contains("No permission is declared yet"));
    })
    .await;
}

#[tokio::test]
async fn another_revision_makes_earlier_positions_stale_and_a_vote_on_the_old_one_is_told_so() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        let member = app.signed_in("sco-4@demo.example").await;
        // While the partner writes, the boards go on with what they have, and see none of it.
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        assert!(member.page(PAGE).await.contains("To show which debts are open"));
        revised(&partner, "A narrower purpose").await;
        let page = member.page(PAGE).await;
        assert!(page.contains("A narrower purpose") && page.contains("revision 2"), "{page}");
        assert!(page.contains("TSC and SCO need 3 more approvals each") && page.contains("(rev. 1)"), "{page}");
        assert!(page.contains("Approve, of revision 1, not counted"), "{page}");
        say(&member, "sco", "1", "approve", "Typed of the old one").await;
        let page = member.page(PAGE).await;
        assert!(page.contains("Revision 2 is before the boards now, and you read revision 1"), "{page}");
        assert!(page.contains("Typed of the old one"), "what was typed is kept");
        let again = app.signed_in("sco-1@demo.example").await;
        assert!(again.page("/docket").await.contains("1 case needs your position"), "a new revision asks again");
    })
    .await;
}

#[tokio::test]
async fn a_ballot_that_ends_short_is_extended_once_and_then_stands_as_declined() {
    on_both(async |app| {
        submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        app.clock.advance(Duration::days(15));
        assert_eq!(ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 0);
        let member = app.signed_in("tsc-1@demo.example").await;
        assert!(member.page("/docket").await.contains("1 day overdue"));
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        let own = partner.page(&format!("/submissions/{CASE}")).await;
        for page in [member.page(PAGE).await, own.clone()] {
            assert!(page.contains("It is TSC’s turn: its ballot is extended to Wed 9 Dec 2026."), "{page}");
        }
        assert!(own.contains("Its ballot is extended to Wed 9 Dec 2026."), "{own}");
        say(&member, "tsc", "1", "approve", "").await;
        app.clock.advance(Duration::days(7));
        let late = app.signed_in("tsc-2@demo.example").await;
        say(&late, "tsc", "1", "approve", "").await;
        let page = late.page(PAGE).await;
        assert!(page.contains("The ballot of TSC closed on Wed 9 Dec 2026, 17:00 UTC"), "{page}");
        assert!(page.contains("a board’s ballot ended without carrying it, and the case is being closed."), "{page}");
        assert_eq!(ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 1);
        let page = late.page(PAGE).await;
        assert!(page.contains("Declined") && page.contains("ran out: declined"), "{page}");
        assert!(page.contains("It is nobody’s turn: it was declined on Thu 10 Dec 2026."), "{page}");
        assert_eq!(ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_vote_by_somebody_whose_term_ended_a_minute_ago_does_not_count() {
    on_both(async |app| {
        submitted(app).await;
        let midnight: chrono::DateTime<chrono::Utc> = "2026-11-19T00:00:00Z".parse().unwrap();
        app.clock.advance(midnight - Duration::minutes(2) - app.now());
        let short = app.member_until("short@kwanus.example", "sco", "2026-11-18").await;
        assert_eq!(say(&short, "sco", "1", "approve", "").await, 303);
        assert!(short.page(PAGE).await.contains("TSC and SCO need 3 more approvals each"), "six members need four");
        app.clock.advance(midnight + Duration::minutes(1) - app.now());
        assert_eq!(say(&short, "sco", "1", "object", "Still here").await, 403);
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page(PAGE).await;
        assert!(
            page.contains("TSC and SCO need 3 more approvals each") && page.contains("has left and does not count"),
            "{page}"
        );
    })
    .await;
}

#[tokio::test]
async fn two_who_decide_at_once_bring_about_one_decision() {
    on_both(async |app| {
        submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2"]).await;
        let mut racing = Vec::new();
        for member in ["3", "4", "chair"] {
            let visitor = app.signed_in(&format!("tsc-{member}@demo.example")).await;
            racing.push(tokio::spawn(async move { say(&visitor, "tsc", "1", "approve", "").await }));
        }
        for each in racing {
            assert_eq!(each.await.unwrap(), 303);
        }
        let log = app.log().await;
        assert_eq!(log.iter().filter(|event| event.kind == "decided").count(), 1);
        let auditor = app.signed_in("auditor@demo.example").await;
        assert!(auditor.page(INTEGRATION).await.contains("1 permission is in force"));
    })
    .await;
}

#[tokio::test]
async fn approval_supersedes_what_was_granted_before() {
    on_both(async |app| {
        let partner = submitted(app).await;
        for (board, members) in [("sco", ["1", "2", "3"]), ("tsc", ["1", "2", "3"])] {
            approve(app, board, "1", &members).await;
        }
        let answer = partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let next = location(&answer);
        assert_eq!(next, "/submissions/PJ-2026-0002");
        let page = partner.page(&next).await;
        assert!(
            page.contains("read:items.status") && page.contains("Completed"),
            "it begins with what is held: {page}"
        );
        let case = ("case", "PJ-2026-0002");
        partner.post("/do/add_permission", &[case, ("permission", "read:items.type")]).await;
        let remove = [case, ("permission", "read:items.status"), ("revision", "2")];
        partner.post("/do/remove_permission", &remove).await;
        let answers: Vec<_> = crate::submission::answers(&[])
            .into_iter()
            .filter(|(name, _)| !matches!(*name, "case" | "permission" | "fields[1]"))
            .chain([case, ("permission", "read:items.type"), ("fields[1]", "items.type")])
            .collect();
        partner.post("/do/save_permission", &answers).await;
        let revision = partner.hidden(&next, "revision").await;
        partner.post("/do/submit", &[case, ("revision", &revision)]).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page("/cases/PJ-2026-0002").await;
        assert!(page.contains("1 added, 0 changed, 0 unchanged. 1 removed"), "{page}");
        for board in ["sco", "tsc"] {
            for n in 1..=3 {
                let visitor = app.signed_in(&format!("{board}-{n}@demo.example")).await;
                let fields = [case, ("board", board), ("revision", "2"), ("position", "approve")];
                assert_eq!(visitor.post("/do/take_position", &fields).await.status(), 303);
            }
        }
        let page = member.page(INTEGRATION).await;
        let (current, past) = page.split_once("Grants that are over").unwrap();
        assert!(current.contains("read:items.type") && !current.contains("read:items.status"), "{page}");
        assert!(past.contains("read:items.status") && past.contains("Superseded"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_ballot_that_ended_short_stays_so_however_late_somebody_looks() {
    on_both(async |app| {
        submitted(app).await;
        app.member_until("short@kwanus.example", "sco", "2026-12-20").await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        // Three of six: one short. Of the five who are left later they would be enough.
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        app.clock.advance("2026-12-25T09:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap() - app.now());
        // What is over is no revision's to open again.
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let page = partner.page(&format!("/submissions/{CASE}")).await;
        assert!(page.contains("has run out") && !page.contains("/do/submit"), "{page}");
        assert_eq!(ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 1);
        let auditor = app.signed_in("auditor@demo.example").await;
        let page = auditor.page(PAGE).await;
        assert!(page.contains("Declined, Fri 25 Dec 2026") && page.contains("3 of 4"), "{page}");
        let list = auditor.page("/cases").await;
        assert!(list.contains("3/4"), "a list shows what was decided on as well: {list}");
        assert!(auditor.page(INTEGRATION).await.contains("No permission is granted"));
    })
    .await;
}

#[tokio::test]
async fn what_became_forbidden_meanwhile_is_not_granted_however_the_boards_vote() {
    on_both(async |app| {
        submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2"]).await;
        let mut tx = app.db.write().await.unwrap();
        tx.query("UPDATE integration SET stage = 'deprecation'").execute().await.unwrap();
        tx.commit().await.unwrap();
        approve(app, "tsc", "1", &["3"]).await;
        let auditor = app.signed_in("auditor@demo.example").await;
        let page = auditor.page(PAGE).await;
        assert!(page.contains("became impossible meanwhile") && page.contains("no new permissions"), "{page}");
        assert!(auditor.page(INTEGRATION).await.contains("No permission is granted"));
    })
    .await;
}

#[tokio::test]
async fn the_cases_are_filtered_by_their_address_and_what_it_does_not_know_is_left_out() {
    on_both(async |app| {
        submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        for (query, is_found) in [
            ("", true),
            ("?state=open", true),
            ("?state=declined", false),
            ("?kind=PJ&board=tsc", true),
            ("?board=cgb", false),
            ("?partner=orbit-crm", true),
            ("?partner=nobody", false),
            ("?q=pj-2026-0001", true),
            ("?q=PJ-2026-0002", false),
            ("?q=timeLINE", true),
            ("?q=%25", false),
            ("?q=%27%3B--", false),
        ] {
            let page = member.page(&format!("/cases{query}")).await;
            assert_eq!(page.contains("Orbit CRM: Client Timeline"), is_found, "{query}: {page}");
        }
        let page = member.page("/cases?state=everything&kind=x&board=s-o&partner=A+B&after=yesterday").await;
        assert!(
            page.contains("says of state, kind, board, partner is not known") && page.contains("Client Timeline"),
            "{page}"
        );
        assert!(!member.page("/cases?state=draft").await.contains("Draft</option>"));
        assert_eq!(member.get("/cases/PJ-2026-0002").await.status(), 404);
        assert_eq!(member.get("/cases/nonsense").await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn a_case_is_no_partners_to_read_or_to_decide() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let other = app.signed_in("partner@helio-health.demo.example").await;
        for visitor in [&partner, &other] {
            for path in [PAGE, "/cases", "/docket"] {
                assert_eq!(visitor.get(path).await.status(), 404, "{path}");
            }
            assert_eq!(say(visitor, "sco", "1", "approve", "").await, 404);
        }
        assert_eq!(other.post("/do/revise_submission", &[("case", CASE)]).await.status(), 404);
        assert_eq!(other.get(&format!("/submissions/{CASE}")).await.status(), 404);
        let auditor = app.signed_in("auditor@demo.example").await;
        assert_eq!(say(&auditor, "sco", "1", "approve", "").await, 403, "an auditor changes nothing");
        assert!(!auditor.page(PAGE).await.contains("/do/take_position"));
    })
    .await;
}

#[tokio::test]
async fn a_roster_that_changes_decides_what_it_leaves_no_doubt_about() {
    on_both(async |app| {
        submitted(app).await;
        let objector = app.signed_in("tsc-4@demo.example").await;
        say(&objector, "tsc", "1", "object", "Too broad").await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        let admin = app.signed_in("admin@demo.example").await;
        admin.post("/do/disable_person", &[("email", "tsc-4@demo.example")]).await;
        assert_eq!(ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 1);
        assert!(admin.page(PAGE).await.contains("has left and does not count"));
    })
    .await;
}

#[tokio::test]
async fn a_draft_of_another_revision_that_comes_too_late_is_told_so() {
    on_both(async |app| {
        let partner = submitted(app).await;
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let fields = [("case", CASE), ("permission", "write:disputes.selection")];
        partner.post("/do/add_permission", &fields).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        let page = partner.page(&format!("/submissions/{CASE}")).await;
        assert!(page.contains("revision 1. Decided") && !page.contains("write:disputes.selection"), "{page}");
        partner.post("/do/add_permission", &fields).await;
        let page = partner.page(&format!("/submissions/{CASE}")).await;
        assert!(page.contains("PJ-2026-0001 was decided meanwhile: carried"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_would_have_expired_already_is_not_granted_and_ends_nothing() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let case = ("case", "PJ-2026-0002");
        let answers: Vec<_> = crate::submission::answers(&[("until", "2026-11-20"), ("revision", "2")])
            .into_iter()
            .filter(|(name, _)| *name != "case")
            .chain([case])
            .collect();
        partner.post("/do/save_permission", &answers).await;
        let revision = partner.hidden("/submissions/PJ-2026-0002", "revision").await;
        partner.post("/do/submit", &[case, ("revision", &revision)]).await;
        app.clock.advance(Duration::days(5));
        for board in ["sco", "tsc"] {
            for n in 1..=3 {
                let visitor = app.signed_in(&format!("{board}-{n}@demo.example")).await;
                let fields = [case, ("board", board), ("revision", "2"), ("position", "approve")];
                visitor.post("/do/take_position", &fields).await;
            }
        }
        let auditor = app.signed_in("auditor@demo.example").await;
        assert!(auditor.page("/cases/PJ-2026-0002").await.contains("Choose a day that is still to come"));
        assert!(auditor.page(INTEGRATION).await.contains("1 permission is in force"), "what was held is held still");
    })
    .await;
}

#[tokio::test]
async fn the_layers_of_an_integration_stay_while_something_of_it_is_before_the_boards() {
    on_both(async |app| {
        submitted(app).await;
        let admin = app.signed_in("admin@demo.example").await;
        let fields = [
            ("partner", "orbit-crm"),
            ("integration", "client-timeline"),
            ("revision", "1"),
            ("name", "Client Timeline"),
            ("slug", "client-timeline"),
            ("description", "Shows what was agreed"),
            ("api", "on"),
        ];
        admin.post("/do/edit_integration", &fields).await;
        let page = admin.page("/admin/partners/orbit-crm/integrations/client-timeline").await;
        assert!(page.contains("PJ-2026-0001 is before the boards: change the layers once it is decided"), "{page}");
    })
    .await;
}
