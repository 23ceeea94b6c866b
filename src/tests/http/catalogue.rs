//! Changing the catalogue: one administrator proposes, another one approves, and what is before the boards stays.

use reqwest::Response;
use serde_json::Value;

use crate::{
    app::{TestApp, Visitor, location, on_both},
    review::approve,
    submission::submitted,
};

const AUTHOR: &str = "admin@demo.example";
const SECOND: &str = "admin-2@demo.example";
const MEMBER: &str = "sco-1@demo.example";

const CASE: &str = "/cases/PJ-2026-0001";
const SUBMISSION: &str = "/submissions/PJ-2026-0001";
const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";
const WOULD_DIFFER: &str = "Would differ under today’s rules";

/// What is typed of `read:items.status`, under another title.
pub const RETITLED: [(&str, &str); 5] = [
    ("what", "edit"),
    ("key", "read:items.status"),
    ("title", "Something else"),
    ("tier", "1"),
    ("fields", "items.id\r\nitems.status"),
];
/// Grants of tier 1 last three months.
const SHORTER: [(&str, &str); 4] = [("what", "limits"), ("months_1", "3"), ("months_2", "6"), ("months_3", "6")];
const RETIRED: [(&str, &str); 2] = [("what", "retire"), ("key", "read:items.status")];

/// Proposes a change, made from the version that there is; answers where that leads.
async fn propose(admin: &Visitor, typed: &[(&str, &str)]) -> String {
    let version = admin.hidden("/admin/catalogue/new", "version").await;
    let fields = [("version", &*version), ("reason", "Partners asked for it")];
    let fields = fields.into_iter().filter(|(name, _)| typed.iter().all(|(other, _)| other != name));
    let fields: Vec<_> = fields.chain(typed.iter().copied()).collect();
    location(&admin.post("/do/propose_change", &fields).await)
}

/// Rules on the proposal at that address.
async fn rule(admin: &Visitor, page: &str, ruling: &str, reason: &str) -> Response {
    let id = page.rsplit('/').next().unwrap_or_default();
    admin.post("/do/decide_change", &[("proposal", id), ("ruling", ruling), ("reason", reason)]).await
}

/// A change of the catalogue that was proposed and approved.
pub async fn changed(app: &TestApp, typed: &[(&str, &str)]) {
    let page = propose(&app.signed_in(AUTHOR).await, typed).await;
    assert!(page.starts_with("/admin/catalogue/proposals/"), "{page}");
    let second = app.signed_in(SECOND).await;
    assert_eq!(location(&rule(&second, &page, "approve", "").await), page);
    let answer = second.page(&page).await;
    assert!(answer.contains("It is approved: version"), "{answer}");
}

/// How many versions there are.
async fn versions(app: &TestApp) -> usize {
    kwanus_store::permission::list_versions(&mut app.db.read().await.unwrap(), None, 50).await.unwrap().len()
}

#[tokio::test]
async fn a_second_administrator_approves_and_what_is_before_the_boards_stays() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let (author, second) = (app.signed_in(AUTHOR).await, app.signed_in(SECOND).await);
        let member = app.signed_in(MEMBER).await;
        let page = propose(&author, &SHORTER).await;
        let own = author.page(&page).await;
        for says in [
            "It is proposed.",
            "Tier 1: granted for at most 12 → 3 months",
            "Partners asked for it",
            "Of the 1 open submission, 1 would be found otherwise under it. The boards decide on what was found then;",
            "another administrator decides",
        ] {
            assert!(own.contains(says), "{says}: {own}");
        }
        assert!(!own.contains("value=\"approve\""), "{own}");
        assert_eq!(rule(&author, &page, "approve", "").await.status(), 403, "nobody approves their own");
        assert_eq!(versions(app).await, 1);
        assert!(!member.page(CASE).await.contains(WOULD_DIFFER));
        assert!(second.page("/admin/catalogue").await.contains("1 proposal waits for another administrator."));

        assert_eq!(location(&rule(&second, &page, "approve", "Three are enough").await), page);
        let approved = second.page(&page).await;
        assert!(approved.contains("It is approved: version 2") && approved.contains("Three are enough"), "{approved}");
        let policy = app.visitor().page("/policy").await;
        assert!(policy.contains("Version 2 of the catalogue") && policy.contains("lasts at most 3 months"), "{policy}");
        let rules: Value = serde_json::from_str(&app.visitor().page("/api/v1/rules").await).unwrap();
        assert_eq!(rules["catalogue"]["version"], 2);
        assert_eq!(rules["catalogue"]["limits"]["longest_grant_months"][0], 3);
        let list = author.page("/admin/catalogue").await;
        for says in ["Version 2.", "Nothing is proposed.", "approved by Pavel Novak", "As it comes with the program"] {
            assert!(list.contains(says), "{says}: {list}");
        }
        let kinds: Vec<_> = app.log().await.into_iter().map(|event| event.kind).collect();
        for kind in ["catalogue_change_proposed", "catalogue_change_approved"] {
            assert!(kinds.iter().any(|other| other == kind), "{kind}: {kinds:?}");
        }

        // What was found stays; what would be found today stands beside it, for the partner as well.
        let case = member.page(CASE).await;
        assert!(case.contains("Nothing is found: it is declared as the rules ask."), "{case}");
        let own = partner.page(SUBMISSION).await;
        for page in [&case, &own] {
            assert!(page.contains(WOULD_DIFFER) && page.contains("Choose Thu 18 Feb 2027 or an earlier day"), "{page}");
            assert!(page.contains("href=\"/policy#rule-KG.longest-grant\""), "{page}");
        }
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        assert!(member.page(INTEGRATION).await.contains("Wed 31 Mar 2027"), "it is granted as it was declared");
        let case = member.page(CASE).await;
        assert!(case.contains(", version 1 of the catalogue") && !case.contains(WOULD_DIFFER), "{case}");
    })
    .await;
}

#[tokio::test]
async fn a_draft_follows_the_catalogue_as_it_is_now() {
    on_both(async |app| {
        changed(app, &SHORTER).await;
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let add = [("case", "PJ-2026-0001"), ("permission", "read:items.status")];
        partner.post("/do/add_permission", &add).await;
        let form = format!("{SUBMISSION}/permissions/read:items.status");
        let page = partner.page(&form).await;
        assert!(page.contains("Thu 18 Feb 2027 or earlier"), "{page}");
        changed(app, &RETIRED).await;
        let page = partner.page(&form).await;
        assert!(page.contains("read:items.status is retired, and granted no more"), "{page}");
        assert!(app.visitor().page("/policy").await.contains("Retired"));
        let (other, option) = ("read:items.type", "<option value=\"read:items.type\"");
        assert!(partner.page(SUBMISSION).await.contains(option));
        changed(app, &[("what", "retire"), ("key", other)]).await;
        partner.post("/do/add_permission", &[("case", "PJ-2026-0001"), ("permission", other)]).await;
        let page = partner.page(SUBMISSION).await;
        assert!(page.contains("read:items.type is retired, and granted no more"), "{page}");
        assert!(!page.contains(option), "it is not suggested any more: {page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_added_can_be_asked_for() {
    on_both(async |app| {
        let grade = [
            ("what", "add"),
            ("key", "read:items.grade"),
            ("title", "How good an item is"),
            ("layer", "api"),
            ("tier", "1"),
            ("fields", "items.id\r\nitems.grade advice"),
        ];
        changed(app, &grade).await;
        assert!(app.visitor().page("/policy").await.contains("items.grade"));
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let add = [("case", "PJ-2026-0001"), ("permission", "read:items.grade")];
        let answer = partner.post("/do/add_permission", &add).await;
        assert_eq!(location(&answer), format!("{SUBMISSION}/permissions/read:items.grade"));
        assert!(partner.page(&location(&answer)).await.contains("How good an item is"));
    })
    .await;
}

#[tokio::test]
async fn what_asks_for_what_is_retired_is_declined_at_once_and_that_is_said_before() {
    on_both(async |app| {
        submitted(app).await;
        let (author, second) = (app.signed_in(AUTHOR).await, app.signed_in(SECOND).await);
        let member = app.signed_in(MEMBER).await;
        let other = propose(&author, &[("what", "retire"), ("key", "read:items.type")]).await;
        assert!(!second.page(&other).await.contains("Approving it declines"), "nobody asks for it");
        rule(&second, &other, "approve", "").await;
        assert!(!member.page(CASE).await.contains("became impossible"));
        let page = propose(&author, &RETIRED).await;
        let told = second.page(&page).await;
        let says = "Approving it declines 1 open submission at once, since it asks for what is withdrawn.";
        assert!(told.contains(says) && !told.contains("The boards decide on"), "{told}");
        assert_eq!(location(&rule(&second, &page, "approve", "").await), page);
        let case = member.page(CASE).await;
        assert!(case.contains("Something in it became impossible meanwhile"), "{case}");
        assert!(member.page("/docket").await.contains("No case needs your position"));
        assert!(member.page(INTEGRATION).await.contains("No permission is granted"));
        let log = app.log().await;
        let approved = log.iter().find(|event| event.kind == "catalogue_change_approved").unwrap();
        assert_eq!(approved.details.0["declined"], serde_json::json!(["PJ-2026-0001"]));
        let decided = log.iter().find(|event| event.kind == "decided").unwrap();
        assert_eq!((&*decided.actor_kind, &decided.details.0["outcome"]), ("system", &"declined".into()));
        changed(app, &[("what", "restore"), ("key", "read:items.status")]).await;
        changed(app, &[("what", "restore"), ("key", "read:items.type")]).await;
        assert!(!app.visitor().page("/policy").await.contains(">Retired<"));
    })
    .await;
}

/// Somebody who sets their password by the link that was issued last to an administrator.
async fn let_in(app: &TestApp, by: &Visitor, email: &str) -> Visitor {
    let page = by.page("/admin/people").await;
    let link = page.split("/set-password/").nth(1).unwrap_or_else(|| panic!("{page}"));
    let token = link.split('"').next().unwrap_or_default();
    let visitor = app.visitor();
    visitor.post("/do/set_password", &[("token", token), ("password", "quince harbour lamp")]).await;
    assert_eq!(location(&visitor.sign_in(email, "quince harbour lamp").await), "/");
    visitor
}

#[tokio::test]
async fn one_administrator_with_two_accounts_is_not_two() {
    on_both(async |app| {
        const NORA: &str = "nora@kwanus.example";
        let author = app.signed_in(AUTHOR).await;
        let invite = [("name", "Nora Quist"), ("email", NORA), ("role", "administrator")];
        author.post("/do/add_person", &invite).await;
        let nora = let_in(app, &author, NORA).await;
        let page = propose(&author, &SHORTER).await;
        let second = app.signed_in(SECOND).await;
        assert!(second.page(&page).await.contains("value=\"approve\""), "another administrator may");
        author.post("/do/reset_person", &[("email", SECOND)]).await;
        let second = let_in(app, &author, SECOND).await;
        for other in [&nora, &second] {
            let says = "added or reset your account on Wed 18 Nov 2026: another administrator approves this";
            let shown = other.page(&page).await;
            assert!(shown.contains(says) && !shown.contains("value=\"approve\""), "{shown}");
            assert_eq!(location(&rule(other, &page, "approve", "I agree").await), page);
            let shown = other.page(&page).await;
            assert!(shown.contains(says) && shown.contains("I agree") && shown.contains(">Open<"), "{shown}");
        }
        assert_eq!(versions(app).await, 1);
        // To say no is another matter, and so is what was proposed long after.
        assert_eq!(location(&rule(&nora, &page, "decline", "Twelve were agreed on").await), page);
        app.clock.advance(chrono::Duration::days(31));
        let page = propose(&app.signed_in(AUTHOR).await, &SHORTER).await;
        assert_eq!(location(&nora.sign_in(NORA, "quince harbour lamp").await), "/");
        rule(&nora, &page, "approve", "").await;
        assert_eq!(versions(app).await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_declined_or_withdrawn_changes_nothing() {
    on_both(async |app| {
        let (author, second) = (app.signed_in(AUTHOR).await, app.signed_in(SECOND).await);
        let page = propose(&author, &SHORTER).await;
        assert_eq!(propose(&author, &SHORTER).await, page, "sent twice, it is proposed once");
        rule(&second, &page, "decline", " ").await;
        assert!(second.page(&page).await.contains("Give a reason"));
        rule(&second, &page, "decline", "Twelve were agreed on").await;
        let answer = second.page(&page).await;
        assert!(answer.contains("It is declined.") && answer.contains("Twelve were agreed on"), "{answer}");

        let page = propose(&author, &RETIRED).await;
        assert_eq!(rule(&second, &page, "withdraw", "").await.status(), 403, "it is another's");
        assert_eq!(location(&rule(&author, &page, "withdraw", "").await), page);
        assert!(author.page(&page).await.contains("It is withdrawn."));
        rule(&second, &page, "approve", "A reason typed at length").await;
        let answer = second.page(&page).await;
        assert!(answer.contains("It was withdrawn meanwhile"), "{answer}");
        assert!(answer.contains("A reason typed at length"), "what was typed is kept: {answer}");
        assert_eq!(versions(app).await, 1);
        assert!(author.page("/admin/catalogue").await.contains("Nothing is proposed."));
        let closed = app.signed_in("auditor@demo.example").await.page("/admin/catalogue/proposals").await;
        let (newer, older) = (closed.find("read:items.status: retired"), closed.find("12 → 3 months"));
        assert!(newer.is_some() && newer < older, "the newest first: {closed}");
        assert!(closed.contains(">Withdrawn<") && closed.contains(">Declined<") && closed.contains(&page), "{closed}");
    })
    .await;
}

#[tokio::test]
async fn of_two_changes_of_one_permission_the_second_no_longer_applies() {
    on_both(async |app| {
        let (author, second) = (app.signed_in(AUTHOR).await, app.signed_in(SECOND).await);
        let (first, other) = (propose(&author, &RETITLED).await, propose(&author, &RETIRED).await);
        let elsewhere = propose(&author, &SHORTER).await;
        rule(&second, &first, "approve", "").await;
        let page = second.page(&other).await;
        assert!(page.contains("It no longer applies") && !page.contains("value=\"approve\""), "{page}");
        assert_eq!(location(&rule(&second, &other, "approve", "").await), other);
        let page = second.page(&other).await;
        assert!(page.contains("It no longer applies") && page.contains(">Open<"), "{page}");
        assert_eq!(versions(app).await, 2);
        // What touches something else still applies, and a form that was made before is told.
        rule(&second, &elsewhere, "approve", "").await;
        assert_eq!(versions(app).await, 3);
        let stale = RETITLED.map(|(name, text)| (name, if name == "title" { "A third title" } else { text }));
        let stale: Vec<_> = stale.into_iter().chain([("version", "1")]).collect();
        assert_eq!(propose(&author, &stale).await, "/admin/catalogue/read:items.status");
        let page = author.page("/admin/catalogue/read:items.status").await;
        assert!(page.contains("The catalogue was changed here while you were writing"), "{page}");
        assert!(page.contains("value=\"A third title\""), "what was typed is kept: {page}");
        // It is told so as well where something is wrong with it: the next time it bears the version of today.
        let wrong = stale.iter().map(|(name, text)| (*name, if *name == "tier" { "9" } else { *text }));
        let wrong: Vec<_> = wrong.collect();
        assert_eq!(propose(&author, &wrong).await, "/admin/catalogue/read:items.status");
        let page = author.page("/admin/catalogue/read:items.status").await;
        assert!(page.contains("The catalogue was changed here while you were writing"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn two_approvals_at_once_make_one_version() {
    on_both(async |app| {
        let page = propose(&app.signed_in(AUTHOR).await, &SHORTER).await;
        let (one, other) = (app.signed_in(SECOND).await, app.signed_in(SECOND).await);
        let (one, other) = tokio::join!(rule(&one, &page, "approve", ""), rule(&other, &page, "approve", ""));
        assert_eq!((one.status().as_u16(), other.status().as_u16()), (303, 303));
        assert_eq!(versions(app).await, 2);
        let approved = |event: &&kwanus_store::audit::EventRow| event.kind == "catalogue_change_approved";
        assert_eq!(app.log().await.iter().filter(approved).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_floors_are_told_beside_their_field_with_what_was_typed_kept() {
    on_both(async |app| {
        let author = app.signed_in(AUTHOR).await;
        let page = "/admin/catalogue/write:disputes.selection";
        let typed = [
            ("what", "edit"),
            ("key", "write:disputes.selection"),
            ("title", "Choose <b>items</b>"),
            ("tier", "1"),
            ("fields", "disputes.selection\r\nitems.remarks item_summary"),
            ("reason", ""),
        ];
        assert_eq!(propose(&author, &typed).await, page);
        let answer = author.page(page).await;
        for says in [
            "There are 3 problems",
            "Choose tier 2 at least: write permissions are for no lower one",
            "Leave items.remarks as it is: raw parsed items is forbidden by PartnerIntegrationSpec §7",
            "Give a reason",
            "href=\"#tier\"",
            "Choose &lt;b&gt;items&lt;/b&gt;",
            "items.remarks item_summary",
        ] {
            assert!(answer.contains(says), "{says}: {answer}");
        }
        let typed = [("what", "limits"), ("months_1", "13"), ("months_2", "six"), ("months_3", "6")];
        assert_eq!(propose(&author, &typed).await, "/admin/catalogue/limits");
        let answer = author.page("/admin/catalogue/limits").await;
        assert!(answer.contains("Enter whole months, such as 6") && answer.contains("value=\"13\""), "{answer}");
        let typed = [("what", "class"), ("key", "item_summary"), ("name", "item summary"), ("ceiling", "12")];
        assert_eq!(propose(&author, &typed).await, "/admin/catalogue/classes/item_summary");
        let answer = author.page("/admin/catalogue/classes/item_summary").await;
        assert!(answer.contains("Enter 24 to 2160 hours") && answer.contains("value=\"12\""), "{answer}");
        assert_eq!(author.get("/admin/catalogue/classes/raw_report_text").await.status(), 404, "nothing changes it");
        let typed = [("what", "class"), ("key", "raw_report_text"), ("name", "text"), ("ceiling", "720")];
        propose(&author, &typed).await;
        assert!(author.page("/admin/catalogue").await.contains("Nothing is proposed."));
    })
    .await;
}

#[tokio::test]
async fn an_auditor_reads_it_and_others_do_not() {
    on_both(async |app| {
        let page = propose(&app.signed_in(AUTHOR).await, &SHORTER).await;
        let auditor = app.signed_in("auditor@demo.example").await;
        let list = auditor.page("/admin/catalogue").await;
        assert!(list.contains("1 proposal waits") && !list.contains("Propose a"), "{list}");
        let proposal = auditor.page(&page).await;
        assert!(proposal.contains("12 → 3 months") && !proposal.contains("/do/decide_change"), "{proposal}");
        assert_eq!(rule(&auditor, &page, "approve", "").await.status(), 403);
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        for (visitor, status) in [(&app.signed_in(MEMBER).await, 403), (&partner, 404)] {
            assert_eq!(visitor.get(&page).await.status(), status);
            assert_eq!(rule(visitor, &page, "approve", "").await.status(), status);
            let typed = [("what", "retire"), ("key", "read:items.status"), ("version", "1"), ("reason", "Because")];
            assert_eq!(visitor.post("/do/propose_change", &typed).await.status(), status);
        }
        assert_eq!(versions(app).await, 1);
    })
    .await;
}
