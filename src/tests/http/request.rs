//! Questions: a board asks for a change, the partner answers, the board replies or resolves it.

use chrono::{DateTime, Duration, Utc};

use crate::{
    app::{PASSWORD, TestApp, Visitor, location, on_both},
    submission::{revised, submitted},
};

const CASE: &str = "PJ-2026-0001";
const PAGE: &str = "/cases/PJ-2026-0001";
const SUBMISSION: &str = "/submissions/PJ-2026-0001";
const PERMISSION: &str = "/submissions/PJ-2026-0001/permissions/read:items.status";
const KEY: &str = "read:items.status";
const SCRIPT: &str = "<script>alert(1)</script><b>x</b>";
const INERT: &str = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;x&lt;/b&gt;";

async fn member(app: &TestApp) -> Visitor {
    app.signed_in("sco-1@demo.example").await
}

/// Asks in the name of a board; answers the status and where that leads.
async fn ask(visitor: &Visitor, board: &str, about: &str, text: &str) -> (u16, String) {
    let fields = [("case", CASE), ("board", board), ("about", about), ("text", text)];
    let answer = visitor.post("/do/ask_for_change", &fields).await;
    (answer.status().as_u16(), location(&answer))
}

/// Says something in a thread, or resolves it.
async fn say(visitor: &Visitor, verb: &str, number: &str, text: &str) -> (u16, String) {
    let fields = [("case", CASE), ("request", number), ("text", text)];
    let answer = visitor.post(&format!("/do/{verb}_request"), &fields).await;
    (answer.status().as_u16(), location(&answer))
}

fn led_to(page: &str) -> (u16, String) {
    (303, page.to_owned())
}

/// The boards carry the case.
async fn carry(app: &TestApp) {
    for board in ["sco", "tsc"] {
        for n in 1..=3 {
            let visitor = app.signed_in(&format!("{board}-{n}@demo.example")).await;
            let fields = [("case", CASE), ("board", board), ("revision", "1"), ("position", "approve")];
            assert_eq!(visitor.post("/do/take_position", &fields).await.status(), 303);
        }
    }
}

/// How often something of that kind was done.
async fn count(app: &TestApp, kind: &str) -> usize {
    app.log().await.iter().filter(|event| event.kind == kind).count()
}

#[tokio::test]
async fn a_board_asks_the_partner_answers_and_the_board_replies_and_resolves() {
    on_both(async |app| {
        let partner = submitted(app).await;
        assert!(partner.page(SUBMISSION).await.contains("It is the boards’ turn: their ballots close Wed 2 Dec 2026"));
        let member = member(app).await;
        assert_eq!(ask(&member, "sco", KEY, "Shorten it to 12 hours").await, led_to(&format!("{PAGE}#request-1")));
        let page = member.page(PAGE).await;
        for says in [
            "Request 1 is sent. The partner is to answer by Wed 2 Dec 2026",
            "id=\"request-1\"",
            "href=\"#p1\"",
            "Shorten it to 12 hours",
            "<a href=\"#requests\">It is the partner’s turn: SCO asked for 1 change; the answer is due Wed 2 Dec 2026</a>.",
            "asked for a change, request 1",
            "Resolve request 1",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let own = partner.page(SUBMISSION).await;
        for says in [
            "It is your turn: SCO asked for 1 change; answer by Wed 2 Dec 2026.",
            "Changes requested",
            "Shorten it to 12 hours",
            "Answer by Wed 2 Dec 2026",
            "/do/answer_request",
        ] {
            assert!(own.contains(says), "{says}: {own}");
        }
        let list = partner.page("/submissions").await;
        assert!(list.contains("Changes requested") && list.contains("SCO asked for 1 change"), "{list}");
        assert!(partner.page("/").await.contains("The boards asked you to change 1 submission."));

        assert_eq!(say(&partner, "answer", "1", "24 are needed").await, led_to(&format!("{SUBMISSION}#request-1")));
        let own = partner.page(SUBMISSION).await;
        assert!(own.contains("It is TSC and SCO’s turn: you answered 1 change") && own.contains("24 are needed"), "{own}");
        let page = member.page(PAGE).await;
        assert!(page.contains("24 are needed") && page.contains("answered request 1 of SCO"), "{page}");
        let says = "It is TSC and SCO’s turn: the partner answered 1 change; their ballots close Wed 2 Dec 2026";
        assert!(page.contains(says), "{page}");

        // A colleague goes on with it, five days later, and the partner has as much time again.
        app.clock.advance(Duration::days(5));
        let colleague = app.signed_in("sco-2@demo.example").await;
        assert_eq!(say(&colleague, "reply", "1", "Show why").await, led_to(&format!("{PAGE}#request-1")));
        let own = partner_again(app).await.page(SUBMISSION).await;
        assert!(own.contains("answer by Mon 7 Dec 2026") && own.contains("Show why"), "{own}");
        assert_eq!(say(&colleague, "resolve", "1", "").await, led_to(&format!("{PAGE}#request-1")));
        let page = colleague.page(PAGE).await;
        assert!(page.contains("Request 1 is resolved.") && page.contains("resolved request 1"), "{page}");
        assert!(page.contains("Resolved") && !page.contains("Resolve request 1"), "{page}");
        assert!(page.contains("It is TSC and SCO’s turn: their ballots close Wed 2 Dec 2026."), "{page}");
        let own = partner_again(app).await.page(SUBMISSION).await;
        assert!(own.contains("It is the boards’ turn") && !own.contains("/do/answer_request"), "{own}");
        for kind in ["changes_requested", "request_answered", "request_replied", "request_resolved"] {
            assert_eq!(count(app, kind).await, 1, "{kind}");
        }
    })
    .await;
}

/// The partner's user, in a browser of this hour.
async fn partner_again(app: &TestApp) -> Visitor {
    app.signed_in("partner@orbit-crm.demo.example").await
}

#[tokio::test]
async fn a_partner_never_learns_who_asked() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = member(app).await;
        ask(&member, "sco", "whole", "Say who reads it").await;
        say(&member, "reply", "1", "And when").await;
        ask(&member, "sco", KEY, "Drop it").await;
        say(&member, "resolve", "2", "").await;
        assert!(member.page(PAGE).await.contains("Priya Raman"), "the desk does");
        for path in [SUBMISSION, "/submissions", "/", "/submissions/PJ-2026-0001/check"] {
            let page = partner.page(path).await;
            assert!(!page.contains("Priya") && !page.contains("Raman") && !page.contains("sco-1"), "{path}: {page}");
        }
        let own = partner.page(SUBMISSION).await;
        assert!(own.contains("<strong>SCO</strong>") && own.contains("And when") && own.contains("Drop it"), "{own}");
    })
    .await;
}

#[tokio::test]
async fn who_has_no_part_in_a_case_asks_answers_and_learns_nothing() {
    on_both(async |app| {
        let partner = submitted(app).await;
        ask(&member(app).await, "sco", "whole", "Say who reads it").await;
        let before = count(app, "changes_requested").await;
        for (email, as_board, expected) in [
            ("partner@helio-health.demo.example", "sco", 404),
            ("partner@orbit-crm.demo.example", "sco", 404),
            ("erc-1@demo.example", "erc", 404),
            ("erc-1@demo.example", "sco", 403),
            ("auditor@demo.example", "sco", 403),
            ("admin@demo.example", "sco", 403),
        ] {
            let visitor = app.signed_in(email).await;
            assert_eq!(ask(&visitor, as_board, "whole", "Mine").await.0, expected, "{email} asks as {as_board}");
            let in_thread = if email.starts_with("partner") { 404 } else { 403 };
            for verb in ["reply", "resolve"] {
                assert_eq!(say(&visitor, verb, "1", "Mine").await.0, in_thread, "{email} {verb}");
            }
            if !email.contains("orbit") {
                assert_eq!(say(&visitor, "answer", "1", "Mine").await.0, 404, "{email} answers");
                assert_eq!(visitor.get(SUBMISSION).await.status(), 404, "{email}");
            }
        }
        // A board answers for itself alone.
        let tsc = app.signed_in("tsc-1@demo.example").await;
        for verb in ["reply", "resolve"] {
            assert_eq!(say(&tsc, verb, "1", "Mine").await.0, 403, "{verb}");
        }
        assert_eq!(say(&partner, "answer", "9", "Mine").await.0, 404);
        assert_eq!(say(&partner, "answer", "x", "Mine").await.0, 404);
        let auditor = app.signed_in("auditor@demo.example").await.page(PAGE).await;
        assert!(auditor.contains("Say who reads it") && !auditor.contains("/do/ask_for_change"), "{auditor}");
        assert!(!auditor.contains("/do/reply_request") && !auditor.contains("/do/resolve_request"), "{auditor}");
        assert_eq!(count(app, "changes_requested").await, before);
        assert!(!partner.page(SUBMISSION).await.contains("Mine"));
    })
    .await;
}

#[tokio::test]
async fn who_is_recused_neither_asks_nor_reads_what_is_asked() {
    on_both(async |app| {
        submitted(app).await;
        ask(&member(app).await, "sco", "whole", "Say who reads it").await;
        let mut tx = app.db.write().await.unwrap();
        let sql = "UPDATE review_case SET proposer_id = (SELECT id FROM person WHERE email = 'sco-2@demo.example')";
        assert_eq!(tx.query(sql).execute().await.unwrap(), 1);
        tx.commit().await.unwrap();
        let recused = app.signed_in("sco-2@demo.example").await;
        assert_eq!(ask(&recused, "sco", "whole", "Mine").await.0, 403);
        assert_eq!(say(&recused, "reply", "1", "Mine").await.0, 403);
        assert_eq!(say(&recused, "resolve", "1", "").await.0, 403);
        let page = recused.page(PAGE).await;
        assert!(!page.contains("Say who reads it") && !page.contains("asked for a change"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn somebody_whose_term_ended_a_minute_ago_asks_and_resolves_nothing() {
    on_both(async |app| {
        submitted(app).await;
        let midnight: DateTime<Utc> = "2026-11-19T00:00:00Z".parse().unwrap();
        app.clock.advance(midnight - Duration::minutes(2) - app.now());
        let short = app.member_until("short@kwanus.example", "sco", "2026-11-18").await;
        assert_eq!(ask(&short, "sco", "whole", "While in term").await.0, 303);
        app.clock.advance(midnight + Duration::minutes(1) - app.now());
        assert_eq!(ask(&short, "sco", "whole", "Still here").await.0, 403);
        assert_eq!(say(&short, "reply", "1", "Still here").await.0, 403);
        assert_eq!(say(&short, "resolve", "1", "").await.0, 403);
        let page = app.signed_in("sco-1@demo.example").await.page(PAGE).await;
        assert!(page.contains("While in term") && !page.contains("Still here"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_is_inert_and_kept_where_it_is_refused() {
    let long = "ж".repeat(10_000);
    let says = "Use at most 2000 characters; these are 10000";
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = member(app).await;
        assert_eq!(ask(&member, "sco", SCRIPT, &long).await, led_to(PAGE));
        let page = member.page(PAGE).await;
        assert!(page.contains(says) && page.contains(&long) && page.contains("href=\"#text\""));
        assert!(page.contains("Choose the whole case, or one of the permissions that it declares"));
        assert!(!member.page(PAGE).await.contains(&long), "it is nowhere else");
        assert_eq!(ask(&member, "sco", "read:items.type", "Not declared").await, led_to(PAGE));
        let page = member.page(PAGE).await;
        assert!(page.contains("href=\"#about\"") && page.contains("Not declared"), "{page}");
        assert_eq!(ask(&member, "sco", "whole", " \n ").await, led_to(PAGE));
        assert!(member.page(PAGE).await.contains("Write what you want to say"));
        assert_eq!(count(app, "changes_requested").await, 0);

        ask(&member, "sco", KEY, SCRIPT).await;
        for (visitor, verb, page) in [(&partner, "answer", SUBMISSION), (&member, "reply", PAGE)] {
            assert_eq!(say(visitor, verb, "1", &long).await, led_to(page));
            let shown = visitor.page(page).await;
            assert!(shown.contains(says) && shown.contains(&long) && shown.contains("href=\"#text-1\""), "{verb}");
            assert_eq!(say(visitor, verb, "1", SCRIPT).await, led_to(&format!("{page}#request-1")));
        }
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        for (visitor, page, at_least) in [(&partner, SUBMISSION, 3), (&partner, PERMISSION, 1), (&member, PAGE, 3)] {
            let shown = visitor.page(page).await;
            assert!(!shown.contains("<script>alert") && !shown.contains("<b>x"), "{page}");
            assert!(shown.matches(INERT).count() >= at_least, "{page}: {shown}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_survives_a_session_that_ran_out() {
    on_both(async |app| {
        let partner = submitted(app).await;
        ask(&member(app).await, "sco", "whole", "Say who reads it").await;
        app.clock.advance(Duration::hours(3));
        let door = say(&partner, "answer", "1", "Typed at length").await;
        assert_eq!(door, led_to(&format!("/sign-in?next={SUBMISSION}")));
        let fields = [("email", "partner@orbit-crm.demo.example"), ("password", PASSWORD), ("next", SUBMISSION)];
        partner.post("/do/sign_in", &fields).await;
        assert!(partner.page(SUBMISSION).await.contains("Typed at length"));
        assert_eq!(count(app, "request_answered").await, 0, "it is never sent by itself");
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_twice_is_said_once() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = member(app).await;
        let first = ask(&member, "sco", KEY, "Drop it").await;
        assert_eq!(ask(&member, "sco", KEY, "Drop it").await, first);
        for (visitor, verb) in [(&partner, "answer"), (&member, "reply"), (&member, "resolve")] {
            let twice = [visitor.clone(), visitor.clone()].map(|visitor| {
                let verb = verb.to_owned();
                tokio::spawn(async move { say(&visitor, &verb, "1", "Once").await.0 })
            });
            for each in twice {
                assert_eq!(each.await.unwrap(), 303, "{verb}");
            }
        }
        for kind in ["changes_requested", "request_answered", "request_replied", "request_resolved"] {
            assert_eq!(count(app, kind).await, 1, "{kind}");
        }
        assert_eq!(member.page(PAGE).await.matches("<p>Once</p>").count(), 2, "an answer and a reply");
    })
    .await;
}

#[tokio::test]
async fn what_is_resolved_or_decided_takes_no_more_and_what_was_typed_is_shown() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = member(app).await;
        ask(&member, "sco", "whole", "First").await;
        ask(&member, "sco", "whole", "Second").await;
        say(&member, "resolve", "1", "").await;
        assert_eq!(say(&partner, "answer", "1", "Too late for this").await, led_to(SUBMISSION));
        let own = partner.page(SUBMISSION).await;
        assert!(own.contains("Request 1 was resolved meanwhile") && own.contains("Too late for this"), "{own}");
        carry(app).await;
        for (visitor, verb, page) in [(&partner, "answer", SUBMISSION), (&member, "reply", PAGE)] {
            assert_eq!(say(visitor, verb, "2", "Too late for all").await, led_to(page));
            let shown = visitor.page(page).await;
            assert!(shown.contains("PJ-2026-0001 was decided meanwhile: carried"), "{shown}");
            assert!(shown.contains("Too late for all") && shown.contains("Not resolved"), "{shown}");
            assert!(!shown.contains("/do/answer_request") && !shown.contains("/do/reply_request"), "{shown}");
        }
        assert_eq!(say(&member, "resolve", "2", "").await, led_to(PAGE));
        assert_eq!(ask(&member, "sco", "whole", "Asked too late").await, led_to(PAGE));
        let page = member.page(PAGE).await;
        assert!(page.contains("was decided meanwhile: carried") && page.contains("Asked too late"), "{page}");
        assert!(!page.contains("/do/ask_for_change"), "{page}");
        for page in [page, partner.page(SUBMISSION).await] {
            assert!(page.contains("It is nobody’s turn: it was carried on Wed 18 Nov 2026."), "{page}");
        }
        assert_eq!(count(app, "request_answered").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_asked_nothing() {
    on_both(async |app| {
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        assert!(partner.page(SUBMISSION).await.contains("It is your turn: finish and submit it"));
        assert_eq!(ask(&member(app).await, "sco", "whole", "Early").await.0, 404);
        assert_eq!(say(&partner, "answer", "1", "Early").await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn another_revision_answers_all_that_is_open() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = member(app).await;
        ask(&member, "sco", KEY, "Shorten it").await;
        ask(&app.signed_in("tsc-1@demo.example").await, "tsc", "whole", "Say who reads it").await;
        let own = partner.page(SUBMISSION).await;
        assert!(own.contains("It is your turn: SCO and TSC asked for 2 changes"), "{own}");
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let form = partner.page(PERMISSION).await;
        assert!(form.contains("Shorten it") && form.contains("href=\"/submissions/PJ-2026-0001#request-1\""), "{form}");
        assert!(!form.contains("Say who reads it"), "it is about the whole");
        assert!(partner.page(SUBMISSION).await.contains("It is your turn"), "a draft answers nothing");
        revised(&partner, "A narrower purpose").await;
        let own = partner.page(SUBMISSION).await;
        assert!(own.contains("you answered 2 changes") && own.contains("answered by revision 2"), "{own}");
        let page = member.page(PAGE).await;
        assert!(page.contains("answered by revision 2") && page.contains("asked about revision 1"), "{page}");
        assert!(page.contains("the ballots opened and it answers requests 1, 2"), "{page}");
        assert_eq!(app.log().await[0].details.0["answers"], serde_json::json!([1, 2]));
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_late_is_told_and_decides_nothing() {
    on_both(async |app| {
        submitted(app).await;
        ask(&member(app).await, "sco", "whole", "Say who reads it").await;
        app.clock.advance("2026-12-02T17:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.now());
        let partner = partner_again(app).await;
        let own = partner.page(SUBMISSION).await;
        assert!(own.contains("your answer was due Wed 2 Dec 2026") && own.contains("Overdue"), "{own}");
        let page = member(app).await.page(PAGE).await;
        assert!(page.contains("SCO asked for 1 change; the answer was due Wed 2 Dec 2026"), "{page}");
        assert_eq!(say(&partner, "answer", "1", "Late").await, led_to(&format!("{SUBMISSION}#request-1")));
    })
    .await;
}

#[tokio::test]
async fn a_case_takes_fifty_requests_that_wait() {
    on_both(async |app| {
        submitted(app).await;
        let member = member(app).await;
        for n in 1..=50 {
            assert_eq!(ask(&member, "sco", "whole", &format!("Change {n}")).await.1, format!("{PAGE}#request-{n}"));
        }
        assert_eq!(ask(&member, "sco", "whole", "One more").await, led_to(PAGE));
        let page = member.page(PAGE).await;
        assert!(
            page.contains("50 requests of PJ-2026-0001 are not resolved yet") && page.contains("One more"),
            "{page}"
        );
        say(&member, "resolve", "7", "").await;
        assert_eq!(ask(&member, "sco", "whole", "One more").await, led_to(&format!("{PAGE}#request-51")));
    })
    .await;
}
