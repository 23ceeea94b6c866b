//! Changing the boards: one administrator proposes who sits on one or how it decides, another one signs.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    ballot::{Rule, Threshold},
    case::CaseRef,
};
use reqwest::Response;

use crate::{
    app::{TestApp, Visitor, location, on_both},
    review::{approve, say},
    submission::{submitted, submitted_again},
};

const AUTHOR: &str = "admin@demo.example";
const SECOND: &str = "admin-2@demo.example";
const AUDITOR: &str = "auditor@demo.example";
const MEMBER: &str = "sco-1@demo.example";
const NORA: &str = "nora@kwanus.example";

const DESK: &str = "/admin/boards";
const SCO: &str = "/admin/boards/sco";
const RULE: &str = "/admin/boards/sco/rules/api_permission";
const PROPOSALS: &str = "/admin/boards/proposals/";

/// SCO decides on permissions of the API layer by two thirds, in 21 days.
const TWO_THIRDS: [(&str, &str); 10] = [
    ("board", "sco"),
    ("route", "api_permission"),
    ("part", "decides"),
    ("threshold", "two_thirds"),
    ("objection_blocks", "yes"),
    ("suspends_overdue", "no"),
    ("days", "21"),
    ("minimum_days", "0"),
    ("number", ""),
    ("reason", "A majority let too much pass"),
];
const BY_TWO_THIRDS: &str = "SCO decides on permissions, API layer, by two thirds instead of a majority";

/// The auditor chairs ERC for two years.
const APPOINTED: [(&str, &str); 6] = [
    ("board", "erc"),
    ("person", AUDITOR),
    ("from", "2027-01-01"),
    ("until", "2028-12-31"),
    ("chair", "on"),
    ("reason", "ERC chose her"),
];

/// Fields with some of them otherwise.
fn with<'f>(fields: &[(&'f str, &'f str)], more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let fields = fields.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.chain(more).copied().collect()
}

/// Proposes a rule, on the form as it is; answers where that leads.
async fn propose_rule(admin: &Visitor, more: &[(&str, &str)]) -> String {
    let version = admin.hidden(RULE, "version").await;
    let fields = with(&TWO_THIRDS, &[("version", &version)]);
    location(&admin.post("/do/propose_rule", &with(&fields, more)).await)
}

/// Rules on the proposal at that address.
async fn rule(admin: &Visitor, page: &str, ruling: &str, reason: &str) -> Response {
    let id = page.rsplit('/').next().unwrap_or_default();
    admin.post("/do/decide_board_change", &[("proposal", id), ("ruling", ruling), ("reason", reason)]).await
}

/// Signs the proposal at that address.
async fn sign(app: &TestApp, page: &str) {
    assert!(page.starts_with(PROPOSALS), "{page}");
    let second = app.signed_in(SECOND).await;
    assert_eq!(location(&rule(&second, page, "approve", "").await), page);
    let answer = second.page(page).await;
    assert!(answer.contains("It is confirmed"), "{answer}");
}

/// By what rule a board's ballot on a case is counted, and of which version that is.
async fn counted_by(app: &TestApp, case: &str, board: &str) -> (Rule, i64) {
    let mut tx = app.db.read().await.unwrap();
    let case = kwanus_store::case::lookup(&mut tx, CaseRef::parse(case).unwrap()).await.unwrap().unwrap();
    let ballots = kwanus_store::ballot::list_of_case(&mut tx, case.id).await.unwrap();
    let ballot = ballots.iter().find(|ballot| ballot.board_key.as_str() == board).unwrap();
    (ballot.rule(), ballot.rule_version)
}

fn goes_to(app: &TestApp, instant: &str) {
    app.clock.advance(instant.parse::<DateTime<Utc>>().unwrap() - app.now());
}

#[tokio::test]
async fn a_second_administrator_signs_a_rule_and_only_new_ballots_go_by_it() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let (author, second) = (app.signed_in(AUTHOR).await, app.signed_in(SECOND).await);
        let form = author.page(RULE).await;
        for says in ["5 members", "5 members, 2 recused", "needs 3 approvals and no open concern"] {
            assert!(form.contains(says), "{says}: {form}");
        }
        let page = propose_rule(&author, &[]).await;
        assert!(page.starts_with(PROPOSALS), "{page}");
        let own = author.page(&page).await;
        for says in [
            "It is proposed.",
            BY_TWO_THIRDS,
            "Ballots of SCO on permissions, API layer are open for 21 days instead of 14",
            "A majority let too much pass",
            "another administrator decides",
        ] {
            assert!(own.contains(says), "{says}: {own}");
        }
        assert!(!own.contains("value=\"approve\""), "{own}");
        assert_eq!(rule(&author, &page, "approve", "").await.status(), 403, "nobody signs their own");
        assert!(author.page(SCO).await.contains("value=\"withdraw\""));
        assert!(second.page(SCO).await.contains("value=\"approve\""));
        assert!(second.page(DESK).await.contains("1 proposal waits for another administrator."));
        assert_eq!(propose_rule(&author, &[]).await, page, "sent twice, it is proposed once");

        assert_eq!(location(&rule(&second, &page, "approve", "It did").await), page);
        let signed = second.page(&page).await;
        for says in ["ballots that open from now on go by version 2 of the rules", "It made version 2", "It did"] {
            assert!(signed.contains(says), "{says}: {signed}");
        }
        let majority = Rule::majority(14);
        assert_eq!(counted_by(app, "PJ-2026-0001", "sco").await, (majority, 1), "it keeps what it opened with");
        let withdraw = [("case", "PJ-2026-0001"), ("revision", "1"), ("reason", "We narrow it")];
        partner.post("/do/withdraw_submission", &withdraw).await;
        submitted_again(&partner, "PJ-2026-0002").await;
        let by_two_thirds = Rule { threshold: Threshold::TWO_THIRDS, days: 21, ..majority };
        assert_eq!(counted_by(app, "PJ-2026-0002", "sco").await, (by_two_thirds, 2));
        assert_eq!(counted_by(app, "PJ-2026-0002", "tsc").await, (majority, 2));
        assert_eq!(counted_by(app, "PJ-2026-0001", "sco").await, (majority, 1));

        let auditor = app.signed_in(AUDITOR).await;
        let history = auditor.page("/admin/boards/history").await;
        for says in [BY_TWO_THIRDS, "confirmed by Pavel Novak", "As it comes with the program", &page] {
            assert!(history.contains(says), "{says}: {history}");
        }
        let sheet = auditor.page(SCO).await;
        assert!(sheet.contains("Version 2.") && sheet.contains("needs 4 approvals"), "{sheet}");
        let kinds: Vec<_> = app.log().await.into_iter().map(|event| event.kind).collect();
        for kind in ["board_change_proposed", "board_change_approved"] {
            assert!(kinds.iter().any(|other| other == kind), "{kind}: {kinds:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_script_a_button_shows_what_a_rule_means_and_nothing_is_proposed() {
    on_both(async |app| {
        let author = app.signed_in(AUTHOR).await;
        let to = propose_rule(&author, &[("preview", "rule"), ("threshold", "count"), ("number", "4")]).await;
        assert_eq!(to, format!("{RULE}#rule-preview"));
        let page = author.page(RULE).await;
        for says in ["needs 4 approvals and no open concern", "A majority let too much pass", "id=\"rule-preview\""] {
            assert!(page.contains(says), "{says}: {page}");
        }
        propose_rule(&author, &[("preview", "rule"), ("days", "soon")]).await;
        let page = author.page(RULE).await;
        assert!(page.contains("Enter how many days a ballot stays open") && page.contains("\"soon\""), "{page}");
        assert!(author.page(DESK).await.contains("Nothing is proposed."));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_rule_is_told_at_once_and_what_was_typed_is_kept() {
    on_both(async |app| {
        let (author, second) = (app.signed_in(AUTHOR).await, app.signed_in(SECOND).await);
        let wrong = [("threshold", "count"), ("number", "1"), ("days", "soon"), ("reason", " ")];
        assert_eq!(propose_rule(&author, &wrong).await, RULE);
        let page = author.page(RULE).await;
        for says in ["Enter a number from 2 to 50", "Enter how many days a ballot stays open", "Give a reason", "soon"]
        {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(propose_rule(&author, &[("threshold", "majority"), ("days", "14")]).await, RULE);
        assert!(author.page(RULE).await.contains("Nothing is changed yet"));

        // The two decide: one of them must.
        let last = [("board", "cgb"), ("route", "suspension"), ("part", "informed")];
        let to = propose_rule(&author, &last).await;
        assert_eq!(to, "/admin/boards/cgb/rules/suspension");
        assert!(author.page(&to).await.contains("Let another board decide on suspensions, and lifting them first"));

        // Of two that were made from one version, the second no longer applies.
        let first = propose_rule(&author, &[]).await;
        let other = propose_rule(&author, &[("days", "30")]).await;
        sign(app, &first).await;
        let shown = second.page(&other).await;
        assert!(shown.contains("the rule was changed since") && !shown.contains("value=\"approve\""), "{shown}");
        assert_eq!(location(&rule(&second, &other, "approve", "").await), other);
        assert!(second.page(&other).await.contains(">Open<"));
        assert_eq!(propose_rule(&author, &[("version", "1"), ("days", "30")]).await, RULE);
        assert!(author.page(RULE).await.contains("The rule was changed while you were writing"));
    })
    .await;
}

#[tokio::test]
async fn somebody_is_appointed_by_two_and_takes_the_chair_of_who_had_it() {
    on_both(async |app| {
        let author = app.signed_in(AUTHOR).await;
        let page = location(&author.post("/do/propose_appointment", &APPOINTED).await);
        let shown = author.page(&page).await;
        for says in [
            "Appoint Margaret Osei to ERC, to chair it, from 1 Jan 2027 to 31 Dec 2028",
            "no longer chairs it from then on, and stays its member",
        ] {
            assert!(shown.contains(says), "{says}: {shown}");
        }
        sign(app, &page).await;
        assert!(author.page("/admin/boards/erc").await.contains("Will be chair"));
        assert_eq!(app.signed_in(AUDITOR).await.get("/docket").await.status(), 403, "the term has not begun");
        goes_to(app, "2027-01-01T09:00:00Z");
        let auditor = app.signed_in(AUDITOR).await;
        assert_eq!(auditor.get("/docket").await.status(), 200);
        let desk = auditor.page(DESK).await;
        assert!(desk.contains("<td data-label=\"Chair\">Margaret Osei</td>"), "{desk}");
        assert!(auditor.page("/admin/boards/erc").await.contains("6 members today"));
        let again = author_again(app, &APPOINTED).await;
        assert!(again.contains("Margaret Osei sits on ERC from 1 Jan 2027 to 31 Dec 2028 already"), "{again}");
    })
    .await;
}

/// What the page of ERC says once the same is typed again.
async fn author_again(app: &TestApp, fields: &[(&str, &str)]) -> String {
    let author = app.signed_in(AUTHOR).await;
    assert_eq!(location(&author.post("/do/propose_appointment", fields).await), "/admin/boards/erc");
    author.page("/admin/boards/erc").await
}

#[tokio::test]
async fn what_is_wrong_with_an_appointment_is_told_at_once() {
    on_both(async |app| {
        let wrong =
            with(&APPOINTED, &[("person", "nobody@x.example"), ("from", ""), ("until", "31.12."), ("reason", "")]);
        let page = author_again(app, &wrong).await;
        for says in [
            "Nobody has that email address",
            "Enter the first day of the term",
            "Enter a date, such as 2027-05-31",
            "Give a reason",
            "nobody@x.example",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let user = with(&APPOINTED, &[("person", "partner@orbit-crm.demo.example"), ("until", "2026-12-31")]);
        let page = author_again(app, &user).await;
        assert!(page.contains("acts for a partner") && page.contains("End the term after it begins"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn nobody_signs_their_own_appointment() {
    on_both(async |app| {
        let (author, second) = (app.signed_in(AUTHOR).await, app.signed_in(SECOND).await);
        let fields = with(&APPOINTED, &[("person", SECOND), ("chair", "")]);
        let page = location(&author.post("/do/propose_appointment", &fields).await);
        let says = "Nobody confirms their own appointment: another administrator does";
        let shown = second.page(&page).await;
        assert!(shown.contains(says) && !shown.contains("value=\"approve\""), "{shown}");
        assert_eq!(location(&rule(&second, &page, "approve", "I would like to").await), page);
        let shown = second.page(&page).await;
        assert!(shown.contains(">Open<") && shown.contains("I would like to"), "{shown}");
        assert_eq!(rule(&author, &page, "approve", "").await.status(), 403, "nor does its author");
        // A third one does.
        author.post("/do/add_person", &[("name", "Nora Quist"), ("email", NORA), ("role", "administrator")]).await;
        let nora = let_in(app, &author).await;
        assert!(nora.page(&page).await.contains("added or reset your account"), "but nobody whom the author let in");
        rule(&second, &page, "decline", "I have no time").await;
        let shown = second.page(&page).await;
        assert!(shown.contains("It is declined.") && shown.contains("I have no time"), "{shown}");
        let closed = app.signed_in(AUDITOR).await.page("/admin/boards/proposals").await;
        assert!(closed.contains("Appoint Pavel Novak to ERC") && closed.contains(">Declined<"), "{closed}");
    })
    .await;
}

/// Nora, who sets her password by the link that was just issued.
async fn let_in(app: &TestApp, by: &Visitor) -> Visitor {
    let page = by.page("/admin/people").await;
    let link = page.split("/set-password/").nth(1).unwrap_or_else(|| panic!("{page}"));
    let token = link.split('"').next().unwrap_or_default();
    let visitor = app.visitor();
    visitor.post("/do/set_password", &[("token", token), ("password", "quince harbour lamp")]).await;
    assert_eq!(location(&visitor.sign_in(NORA, "quince harbour lamp").await), "/");
    visitor
}

#[tokio::test]
async fn whoever_is_invited_to_a_board_sits_on_it_once_a_second_administrator_has_signed() {
    on_both(async |app| {
        let author = app.signed_in(AUTHOR).await;
        let invite = [("name", "Nora Quist"), ("email", NORA), ("role", "member"), ("board", "erc"), ("chair", "on")];
        assert_eq!(location(&author.post("/do/add_person", &invite).await), "/admin/people");
        let people = author.page("/admin/people").await;
        assert!(people.contains("Their seat is proposed") && people.contains("Nora Quist"), "{people}");
        let token = people.split("/set-password/").nth(1).unwrap().split('"').next().unwrap();
        let nora = app.visitor();
        nora.post("/do/set_password", &[("token", token), ("password", "quince harbour lamp")]).await;
        nora.sign_in(NORA, "quince harbour lamp").await;
        assert!(nora.page("/").await.contains("You hold no role today."));
        let desk = author.page(DESK).await;
        assert!(desk.contains("Appoint Nora Quist to ERC, to chair it, from 19 Nov 2026"), "{desk}");
        let id = desk.split(PROPOSALS).nth(1).unwrap().split('"').next().unwrap();
        let page = format!("{PROPOSALS}{id}");
        assert_eq!(rule(&author, &page, "approve", "").await.status(), 403, "not by who invited them");
        sign(app, &page).await;
        assert!(nora.page("/").await.contains("You hold no role today."), "who sat on it today sat on it");
        goes_to(app, "2026-11-19T00:00:00Z");
        nora.sign_in(NORA, "quince harbour lamp").await;
        assert_eq!(nora.get("/docket").await.status(), 200);
        assert!(app.signed_in(AUDITOR).await.page("/admin/boards/erc").await.contains("6 members today"));
    })
    .await;
}

#[tokio::test]
async fn a_term_ends_sooner_once_two_agree() {
    on_both(async |app| {
        let author = app.signed_in(AUTHOR).await;
        let sheet = author.page(SCO).await;
        assert!(sheet.contains("5 members today"), "{sheet}");
        // The chair stands first.
        let seat = sheet.split("/admin/boards/sco/terms/").nth(1).unwrap().split('"').next().unwrap();
        let form = format!("/admin/boards/sco/terms/{seat}");
        let fields = [("board", "sco"), ("seat", seat), ("until", ""), ("reason", "")];
        assert_eq!(location(&author.post("/do/propose_end", &fields).await), form);
        let wrong = author.page(&form).await;
        assert!(wrong.contains("Enter the last day of the term") && wrong.contains("Give a reason"), "{wrong}");
        let fields = with(&fields, &[("until", "2026-11-18"), ("reason", "She moves to another board")]);
        let page = location(&author.post("/do/propose_end", &fields).await);
        assert!(author.page(&page).await.contains("on SCO ends on 18 Nov 2026 instead of having no end"));
        sign(app, &page).await;
        assert!(author.page(SCO).await.contains("5 members today"), "it ends as the day does");
        goes_to(app, "2026-11-19T00:00:00Z");
        let sheet = app.signed_in(AUTHOR).await.page(SCO).await;
        assert!(sheet.contains("4 members today") && !sheet.contains(seat), "{sheet}");
    })
    .await;
}

#[tokio::test]
async fn others_sit_for_one_case_where_too_few_of_the_last_board_may_take_part() {
    on_both(async |app| {
        submitted(app).await;
        let author = app.signed_in(AUTHOR).await;
        let fields = [("board", "cgb"), ("case", "PJ-2026-0001"), ("person", AUDITOR), ("reason", "Four have left")];
        let form = "/admin/boards/cgb/one-case";
        assert_eq!(location(&author.post("/do/propose_ad_hoc", &fields).await), form);
        assert!(author.page(form).await.contains("Name an open case that is before CGB"));
        for board in ["sco", "cgb"] {
            for n in 1..=4 {
                let email = format!("{board}-{n}@demo.example");
                author.post("/do/disable_person", &[("email", &email)]).await;
            }
        }
        // SCO has one member left, so CGB serves for it, and has one as well.
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        let auditor = app.signed_in(AUDITOR).await;
        assert_eq!(say(&auditor, "cgb", "1", "approve", "").await, 403);
        let page = location(&author.post("/do/propose_ad_hoc", &fields).await);
        assert!(author.page(&page).await.contains("Appoint Margaret Osei to CGB for PJ-2026-0001 alone"), "{page}");
        sign(app, &page).await;
        let enough = with(&fields, &[("person", SECOND)]);
        assert_eq!(location(&author.post("/do/propose_ad_hoc", &enough).await), form);
        assert!(author.page(form).await.contains("2 members of CGB may take part in it, so it needs nobody else"));
        assert!(auditor.page("/cases/PJ-2026-0001").await.contains("/do/take_position"));
        assert_eq!(say(&auditor, "cgb", "1", "approve", "").await, 303);
        let chair = app.signed_in("cgb-chair@demo.example").await;
        assert_eq!(say(&chair, "cgb", "1", "approve", "").await, 303);
        let case = chair.page("/cases/PJ-2026-0001").await;
        assert!(case.contains("is decided: carried") && case.contains("Margaret Osei"), "{case}");
        assert_eq!(auditor.get("/docket").await.status(), 403, "a member in that case alone");
    })
    .await;
}

#[tokio::test]
async fn auditors_read_and_nobody_but_administrators_proposes_or_signs() {
    on_both(async |app| {
        let author = app.signed_in(AUTHOR).await;
        let page = propose_rule(&author, &[]).await;
        let auditor = app.signed_in(AUDITOR).await;
        let pages = [DESK, SCO, "/admin/boards/history", "/admin/boards/proposals", &page];
        for path in pages {
            let shown = auditor.page(path).await;
            assert!(!shown.contains("/do/propose_") && !shown.contains("/do/decide_"), "{path}: {shown}");
        }
        let partner = "partner@helio-health.demo.example";
        for (email, status) in [(AUDITOR, 403), (MEMBER, 403), (partner, 404)] {
            let visitor = app.signed_in(email).await;
            for path in pages.into_iter().filter(|_| email != AUDITOR) {
                assert_eq!(visitor.get(path).await.status(), status, "{path} as {email}");
            }
            let rule_typed = with(&TWO_THIRDS, &[("version", "1")]);
            assert_eq!(visitor.post("/do/propose_rule", &rule_typed).await.status(), status, "{email}");
            assert_eq!(visitor.post("/do/propose_appointment", &APPOINTED).await.status(), status, "{email}");
            assert_eq!(rule(&visitor, &page, "approve", "").await.status(), status, "{email}");
        }
        assert!(author.page(&page).await.contains(">Open<"));
    })
    .await;
}
