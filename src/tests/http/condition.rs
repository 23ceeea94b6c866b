//! Conditions that bind: evidence, its return and acceptance, who may do neither, and what time does.

use chrono::Duration;
use kwanus_service::{Caller, ballot::escalate_due};

use crate::{
    app::{TestApp, Visitor, location, on_both},
    review::approve,
    submission::{submitted, submitted_with_a_write},
};

const CASE: &str = "PJ-2026-0001";
const PAGE: &str = "/cases/PJ-2026-0001";
const OWN: &str = "/submissions/PJ-2026-0001";
const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";
const PARTNER: &str = "partner@orbit-crm.demo.example";
const READ: &str = "read:items.status";
const WRITE: &str = "write:disputes.selection";

async fn member(app: &TestApp, name: &str) -> Visitor {
    app.signed_in(&format!("{name}@demo.example")).await
}

/// Does something about a condition; answers the status, and where that leads.
async fn about(visitor: &Visitor, verb: &str, number: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let fields = [&[("case", CASE), ("condition", number)], fields].concat();
    let answer = visitor.post(&format!("/do/{verb}"), &fields).await;
    (answer.status().as_u16(), location(&answer))
}

/// The boards carry what is before them, one of TSC on a condition of hers or on two.
async fn carried(app: &TestApp, more: &[(&str, &str)]) {
    let owner = member(app, "tsc-1").await;
    let named = [("conditions[0]", "Show the deletion log"), ("dues[0]", "2026-12-01"), ("owners[0]", "")];
    let fields = [("case", CASE), ("board", "tsc"), ("revision", "1"), ("position", "approve_with_conditions")];
    owner.post("/do/take_position", &[&fields[..], &named, more].concat()).await;
    approve(app, "tsc", "1", &["2", "3"]).await;
    approve(app, "sco", "1", &["1", "2", "3"]).await;
}

/// What a grant does, as the page of its integration says.
async fn effect(visitor: &Visitor, key: &str) -> String {
    let page = visitor.page(INTEGRATION).await;
    let (_, row) = page.split_once(&format!("<th scope=\"row\"><code>{key}</code>")).unwrap();
    row.split("class=\"tag").nth(1).unwrap().split(['<', '>']).nth(1).unwrap().to_owned()
}

async fn count(app: &TestApp, kind: &str) -> usize {
    app.log().await.iter().filter(|event| event.kind == kind).count()
}

async fn time_passes(app: &TestApp, by: Duration) -> usize {
    app.clock.advance(by);
    escalate_due(&app.db, &Caller::Operator).await.unwrap()
}

async fn rule_suspends(app: &TestApp) {
    let mut tx = app.db.write().await.unwrap();
    tx.query("UPDATE route SET suspends_overdue = TRUE WHERE board_key = 'tsc'").execute().await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_partner_supplies_the_owner_returns_the_partner_supplies_again_and_the_owner_accepts() {
    on_both(async |app| {
        submitted(app).await;
        carried(app, &[]).await;
        let owner = member(app, "tsc-1").await;
        let page = owner.page(PAGE).await;
        let (_, record) = page.split_once("id=\"h-decision\"").unwrap();
        let (record, _) = record.split_once("</section>").unwrap();
        for says in ["Effects", "Applied", "Wed 18 Nov 2026, 09:42 UTC", READ, "Tally", "Dissent", "#condition-1"] {
            assert!(record.contains(says), "{says}: {record}");
        }
        assert!(!record.contains("Not applied") && !record.contains("/audit/"), "{record}");
        assert!(member(app, "auditor").await.page(PAGE).await.contains("See the decision in the log"));
        let name = owner.page("/account").await;
        let name = name.split("name=\"name\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let partner = app.signed_in(PARTNER).await;
        let page = partner.page(OWN).await;
        for says in ["Condition 1", "Show the deletion log", "Tue 1 Dec 2026", "Supply evidence"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!name.is_empty() && !page.contains(&name), "a partner knows boards, and never their members");

        // What is wrong is said beside its field, and what was typed is kept.
        let typed = [("text", " "), ("link", "http://docs.orbit-crm.example/log")];
        assert_eq!(about(&partner, "supply_evidence", "1", &typed).await, (303, OWN.to_owned()));
        let page = partner.page(OWN).await;
        for says in [
            "Say what shows that the condition is met",
            "begins with https://",
            "href=\"#condition-text-1\"",
            "value=\"http://docs.orbit-crm.example/log\"",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(about(&owner, "accept_condition", "1", &[]).await.0, 303);
        assert!(owner.page(PAGE).await.contains("Condition 1 was changed meanwhile: open"), "nothing is shown yet");

        let typed = [("text", "The log of <b>May</b>"), ("link", "https://docs.orbit-crm.example/log")];
        assert_eq!(about(&partner, "supply_evidence", "1", &typed).await, (303, format!("{OWN}#condition-1")));
        let page = partner.page(OWN).await;
        assert!(page.contains("Evidence supplied") && !page.contains("/do/supply_evidence"), "{page}");
        assert!(owner.page("/inbox").await.contains("PJ-2026-0001: evidence for condition 1"));
        let page = owner.page(PAGE).await;
        for says in
            ["The log of &lt;b&gt;May&lt;/b&gt;", "https://docs.orbit-crm.example/log", "Accept condition 1 as met"]
        {
            assert!(page.contains(says), "{says}: {page}");
        }

        about(&owner, "return_evidence", "1", &[("reason", "")]).await;
        assert!(owner.page(PAGE).await.contains("Say what is missing"));
        let returned = about(&owner, "return_evidence", "1", &[("reason", "June is missing")]).await;
        assert_eq!(returned, (303, format!("{PAGE}#condition-1")));
        assert!(partner.page("/inbox").await.contains("TSC returned your evidence for condition 1"));
        let page = partner.page(OWN).await;
        assert!(
            page.contains("June is missing") && page.contains("Supply evidence") && !page.contains(&name),
            "{page}"
        );

        about(&partner, "supply_evidence", "1", &[("text", "The log of June")]).await;
        about(&owner, "accept_condition", "1", &[]).await;
        let page = owner.page(PAGE).await;
        assert!(page.contains("1 of 1 met") && page.contains("June is missing"), "{page}");
        assert!(partner.page("/inbox").await.contains("condition 1 is met"));
        assert!(partner.page(OWN).await.contains("Met Wed 18 Nov 2026"));
        for kind in ["condition_supplied", "condition_returned", "condition_accepted"] {
            assert_eq!(count(app, kind).await, if kind == "condition_supplied" { 2 } else { 1 }, "{kind}");
        }
        assert_eq!(time_passes(app, Duration::days(60)).await, 0, "what is met is never overdue");
    })
    .await;
}

#[tokio::test]
async fn an_effect_that_no_grant_shows_is_not_applied() {
    on_both(async |app| {
        submitted_with_a_write(app).await;
        carried(app, &[]).await;
        let mut tx = app.db.write().await.unwrap();
        let sql = "DELETE FROM permission_grant WHERE permission_key = 'write:disputes.selection'";
        tx.query(sql).execute().await.unwrap();
        tx.commit().await.unwrap();
        let page = member(app, "tsc-1").await.page(PAGE).await;
        let (_, effects) = page.split_once("Effects of the decision").unwrap();
        let (effects, _) = effects.split_once("</table>").unwrap();
        let row = |key: &str| effects.split("<tr>").find(|row| row.contains(key)).unwrap();
        assert!(row(READ).contains(">Applied<") && !row(READ).contains("Not applied"), "{effects}");
        assert!(row(WRITE).contains("Not applied") && !row(WRITE).contains(">Applied<"), "{effects}");
    })
    .await;
}

#[tokio::test]
async fn those_concerned_are_told_of_concerns_of_conditions_and_of_a_withdrawal() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let raiser = member(app, "tsc-4").await;
        let tsc = [("case", CASE), ("board", "tsc"), ("revision", "1")];
        let objects = [("position", "object"), ("reason", "It lives for a year"), ("concerns[0]", "token lifetime")];
        raiser.post("/do/take_position", &[&tsc[..], &objects].concat()).await;
        assert!(partner.page("/inbox").await.contains("PJ-2026-0001: TSC raised a concern"));
        let say = [("case", CASE), ("concern", "1")];
        partner.post("/do/answer_concern", &[&say[..], &[("text", "An hour")]].concat()).await;
        assert!(raiser.page("/inbox").await.contains("PJ-2026-0001: a reply to concern 1"));
        raiser.post("/do/reply_concern", &[&say[..], &[("text", "Since when?")]].concat()).await;
        assert!(partner.page("/inbox").await.contains("PJ-2026-0001: a reply to concern 1"));
        raiser.post("/do/resolve_concern", &say).await;
        assert!(partner.page("/inbox").await.contains("PJ-2026-0001: concern 1 is resolved"));
        assert!(!raiser.page("/inbox").await.contains("concern 1 is resolved"), "who does it knows it");

        let named = raiser.page(PAGE).await;
        let (_, options) = named.split_once("name=\"owners[0]\"").unwrap();
        let other = options.split("<option value=\"").skip(1).find(|option| !option.contains(">You<")).unwrap();
        let owner = other.split('"').next().unwrap();
        let condition = [
            ("position", "approve_with_conditions"),
            ("conditions[0]", "Show the release"),
            ("dues[0]", "2026-12-01"),
            ("owners[0]", owner),
        ];
        raiser.post("/do/take_position", &[&tsc[..], &condition].concat()).await;
        assert!(!raiser.page("/inbox").await.contains("a condition of TSC is yours"));
        let mut told = 0;
        for name in ["tsc-chair", "tsc-1", "tsc-2", "tsc-3"] {
            let inbox = member(app, name).await.page("/inbox").await;
            told += usize::from(inbox.contains("PJ-2026-0001: a condition of TSC is yours"));
        }
        assert_eq!(told, 1);
        let withdrawn = [("case", CASE), ("revision", "1"), ("reason", "")];
        assert_eq!(partner.post("/do/withdraw_submission", &withdrawn).await.status(), 303);
        assert!(raiser.page("/inbox").await.contains("PJ-2026-0001 was withdrawn"));
        assert!(!member(app, "tsc-1").await.page("/inbox").await.contains("was withdrawn"));
    })
    .await;
}

#[tokio::test]
async fn no_other_partner_and_no_other_member_does_anything_about_a_condition() {
    on_both(async |app| {
        submitted(app).await;
        carried(app, &[]).await;
        let partner = app.signed_in(PARTNER).await;
        let stranger = app.signed_in("partner@helio-health.demo.example").await;
        let evidence = [("text", "The log of May")];
        assert_eq!(about(&stranger, "supply_evidence", "1", &evidence).await.0, 404);
        assert_eq!(about(&partner, "supply_evidence", "2", &evidence).await.0, 404);
        assert_eq!(about(&member(app, "tsc-1").await, "supply_evidence", "1", &evidence).await.0, 404);
        assert_eq!(about(&partner, "supply_evidence", "1", &evidence).await.0, 303);
        for (name, status) in [("tsc-2", 403), ("tsc-chair", 403), ("sco-1", 403), ("auditor", 403), ("admin", 403)] {
            let other = member(app, name).await;
            assert!(!other.page(PAGE).await.contains("/do/accept_condition"), "{name}");
            assert_eq!(about(&other, "accept_condition", "1", &[]).await.0, status, "{name}");
            assert_eq!(about(&other, "return_evidence", "1", &[("reason", "No")]).await.0, status, "{name}");
        }
        for other in [&partner, &stranger] {
            assert_eq!(about(other, "accept_condition", "1", &[]).await.0, 404);
            assert_eq!(about(other, "return_evidence", "1", &[("reason", "No")]).await.0, 404);
        }
        assert_eq!((count(app, "condition_supplied").await, count(app, "condition_accepted").await), (1, 0));

        // Where the owner is away, the chair judges in their place, and the record says so.
        let owner = member(app, "tsc-1").await;
        owner.post("/do/take_leave", &[("leave_from", "2026-11-18"), ("leave_until", "2026-11-30")]).await;
        let chair = member(app, "tsc-chair").await;
        assert!(chair.page(PAGE).await.contains("You judge it as chair"));
        assert_eq!(about(&member(app, "tsc-2").await, "accept_condition", "1", &[]).await.0, 403);
        assert_eq!(about(&chair, "accept_condition", "1", &[]).await.0, 303);
        assert!(owner.page(PAGE).await.contains("accepted it as chair, in the place of its owner"));
        assert!(!partner.page(OWN).await.contains("in the place of its owner"));
    })
    .await;
}

#[tokio::test]
async fn what_is_overdue_is_told_once_suspends_a_week_later_and_is_restored_once_it_is_met() {
    on_both(async |app| {
        rule_suspends(app).await;
        submitted_with_a_write(app).await;
        let second = [("conditions[1]", "Show the release"), ("dues[1]", "2026-12-03"), ("owners[1]", "")];
        carried(app, &second).await;
        assert_eq!(time_passes(app, Duration::hours(14 * 24 - 10)).await, 0, "on its last day");
        assert_eq!(time_passes(app, Duration::hours(1)).await, 1, "at 24:00 UTC");
        assert_eq!(time_passes(app, Duration::zero()).await, 0, "once");
        for email in [PARTNER, "tsc-1@demo.example", "tsc-chair@demo.example"] {
            let inbox = app.signed_in(email).await.page("/inbox").await;
            assert!(inbox.contains("PJ-2026-0001: condition 1 is overdue"), "{email}: {inbox}");
        }
        assert!(
            app.signed_in(PARTNER)
                .await
                .page(OWN)
                .await
                .contains("Left open, it suspends the grants of this case on Wed 9 Dec 2026, 00:00 UTC")
        );
        assert_eq!(time_passes(app, Duration::days(2)).await, 1, "the second is told");
        assert_eq!(time_passes(app, Duration::days(5)).await, 1, "the first suspends");
        let partner = app.signed_in(PARTNER).await;
        for key in [READ, WRITE] {
            assert_eq!(effect(&partner, key).await, "Suspended", "{key}");
        }
        assert!(partner.page(INTEGRATION).await.contains("a condition of "));
        assert!(!partner.page(INTEGRATION).await.contains("Propose to lift"), "no vote lifts it");
        assert!(partner.page("/inbox").await.contains("grants are suspended for condition 1"));

        // An emergency suspends one of them besides.
        let chair = member(app, "sco-chair").await;
        let fields = [
            ("partner", "orbit-crm"),
            ("integration", "client-timeline"),
            ("what", "grants"),
            ("permissions[0]", READ),
            ("reason", "It leaks"),
            ("has_read", "yes"),
        ];
        assert_eq!(location(&chair.post("/do/suspend_at_once", &fields).await), "/cases/EM-2026-0001");

        // The second suspends as well: both must be met.
        assert_eq!(time_passes(app, Duration::days(2)).await, 1);
        assert_eq!(count(app, "condition_suspended").await, 2);
        let (partner, owner) = (app.signed_in(PARTNER).await, member(app, "tsc-1").await);
        for (number, expected) in [("1", "Suspended"), ("2", "In force")] {
            about(&partner, "supply_evidence", number, &[("text", "It is done")]).await;
            assert_eq!(effect(&partner, WRITE).await, "Suspended", "until it is accepted");
            assert_eq!(about(&owner, "accept_condition", number, &[]).await.0, 303);
            assert_eq!(effect(&partner, WRITE).await, expected, "after condition {number}");
        }
        assert_eq!(effect(&partner, READ).await, "Suspended", "the emergency goes on");
        assert_eq!((count(app, "condition_restored").await, count(app, "condition_overdue").await), (1, 2));
        kwanus_service::ballot::settle_due(&app.db, &Caller::Operator).await.unwrap();
        assert_eq!(time_passes(app, Duration::days(6)).await, 0);
        kwanus_service::ballot::settle_due(&app.db, &Caller::Operator).await.unwrap();
        assert_eq!(effect(&app.signed_in(PARTNER).await, READ).await, "In force", "it lapsed, and nothing else rests");
    })
    .await;
}

#[tokio::test]
async fn a_condition_that_its_rule_lets_not_suspend_suspends_nothing() {
    on_both(async |app| {
        submitted(app).await;
        carried(app, &[]).await;
        assert_eq!(time_passes(app, Duration::days(40)).await, 1);
        assert_eq!(time_passes(app, Duration::days(40)).await, 0);
        assert_eq!(effect(&app.signed_in(PARTNER).await, READ).await, "In force");
        // Returned evidence is overdue at once, and that was told.
        let (partner, owner) = (app.signed_in(PARTNER).await, member(app, "tsc-1").await);
        assert!(partner.page(OWN).await.contains("Overdue"));
        about(&partner, "supply_evidence", "1", &[("text", "Late, and done")]).await;
        assert!(!partner.page(OWN).await.contains("Overdue"));
        about(&owner, "return_evidence", "1", &[("reason", "Not yet")]).await;
        assert!(partner.page(OWN).await.contains("Overdue"));
        assert_eq!(time_passes(app, Duration::days(1)).await, 0);
    })
    .await;
}
