//! Appeals, and reopening: who may, until when, once, and what comes of it.

use chrono::Duration;
use kwanus_service::{Caller, ballot::settle_due};

use crate::{
    app::{TestApp, Visitor, location, on_both},
    campaign,
    submission::{answers, submit, submitted, submitted_again, submitted_with_a_write},
};

const CASE: &str = "PJ-2026-0001";
const PAGE: &str = "/cases/PJ-2026-0001";
const OWN: &str = "/submissions/PJ-2026-0001";
const FORM: &str = "/submissions/PJ-2026-0001/appeal";
const APPEAL: &str = "AP-2026-0001";
const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";
const PARTNER: &str = "partner@orbit-crm.demo.example";
const FACTS: &str = "A <b>new</b> consent screen shows it";
const RELIEF: &str = "Grant what was declined";

async fn member(app: &TestApp, name: &str) -> Visitor {
    app.signed_in(&format!("{name}@demo.example")).await
}

/// Somebody says something of a case, with a reason and a concern where that needs one.
async fn say(app: &TestApp, name: &str, case: &str, position: &str) {
    let visitor = member(app, name).await;
    let board = name.split('-').next().unwrap();
    let revision = visitor.hidden(&format!("/cases/{case}"), "revision").await;
    let mut fields = vec![("case", case), ("board", board), ("revision", &revision), ("position", position)];
    if position == "object" {
        fields.extend([("reason", "Too much"), ("concerns[0]", "what it reads")]);
    }
    assert_eq!(visitor.post("/do/take_position", &fields).await.status(), 303, "{case} {name} {position}");
}

/// Three of each of these boards say the same.
async fn all(app: &TestApp, boards: &[&str], case: &str, position: &str) {
    for board in boards {
        for n in 1..=3 {
            say(app, &format!("{board}-{n}"), case, position).await;
        }
    }
}

/// A justification is declined: the chair of SCO objects, and three others approve nothing.
async fn declined(app: &TestApp) -> Visitor {
    let partner = submitted(app).await;
    say(app, "sco-chair", CASE, "object").await;
    all(app, &["sco"], CASE, "abstain").await;
    partner
}

/// Appeals; answers where that leads.
async fn appeal(visitor: &Visitor, case: &str, more: &[(&str, &str)]) -> String {
    let fields = [("facts", FACTS), ("relief", RELIEF)];
    let fields = fields.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    let fields: Vec<_> = fields.chain(more.iter().copied()).chain([("case", case)]).collect();
    location(&visitor.post("/do/make_appeal", &fields).await)
}

fn says(page: &str, all: &[&str]) {
    for what in all {
        assert!(page.contains(what), "{what}: {page}");
    }
}

#[tokio::test]
async fn a_declined_submission_is_appealed_once_and_what_is_carried_is_granted() {
    on_both(async |app| {
        let partner = declined(app).await;
        says(&partner.page(OWN).await, &["You can appeal it once", "Fri 18 Dec 2026, 24:00 UTC", FORM]);
        says(&partner.page("/inbox").await, &["You can appeal until Fri 18 Dec 2026."]);
        says(
            &member(app, "sco-1").await.page(PAGE).await,
            &["Its partner can appeal it once", "Fri 18 Dec 2026, 24:00 UTC"],
        );
        says(&partner.page(FORM).await, &["read:items.status is granted until Wed 31 Mar 2027", "Send the appeal"]);

        // What was typed stays where something is missing.
        assert_eq!(appeal(&partner, CASE, &[("relief", " ")]).await, FORM);
        says(&partner.page(FORM).await, &["Say what you ask for", "A &lt;b&gt;new&lt;/b&gt; consent screen"]);
        assert_eq!(appeal(&partner, CASE, &[]).await, FORM);
        let page = partner.page(FORM).await;
        says(
            &page,
            &[
                APPEAL,
                "The boards have your appeal",
                "A &lt;b&gt;new&lt;/b&gt; consent screen",
                "Core Governance Board",
            ],
        );
        assert!(!page.contains("/do/make_appeal") && page.contains("/do/withdraw_appeal"), "{page}");
        says(&partner.page(OWN).await, &["You appealed it, as", "the boards have it"]);
        assert_eq!(appeal(&partner, CASE, &[]).await, FORM);
        says(&partner.page(FORM).await, &["a decision is appealed once"]);
        let auditor = member(app, "auditor").await;
        assert!(!auditor.page("/cases").await.contains("AP-2026-0002"));
        // Another justification can be written meanwhile.
        assert_eq!(submitted_again(&partner, "PJ-2026-0002").await, "/submissions/PJ-2026-0002/submitted");

        let chair = member(app, "sco-chair").await;
        let page = chair.page(&format!("/cases/{APPEAL}")).await;
        says(&page, &["Appeal of the decline", PAGE, "A &lt;b&gt;new&lt;/b&gt;", "does not lead", "Do not lead it"]);
        says(&page, &["read:items.status is granted until Wed 31 Mar 2027"]);
        says(&member(app, "cgb-1").await.page("/docket").await, &[APPEAL]);
        says(&chair.page(PAGE).await, &["Its partner appealed it, as", APPEAL]);
        all(app, &["sco", "tsc"], APPEAL, "approve").await;
        assert!(partner.page(INTEGRATION).await.contains("No permission is granted"), "CGB is still asked");
        say(app, "cgb-1", APPEAL, "approve").await;
        say(app, "cgb-2", APPEAL, "approve").await;
        let page = member(app, "cgb-3").await.page(&format!("/cases/{APPEAL}")).await;
        says(&page, &["the case is decided: carried. read:items.status is granted until"]);
        say(app, "cgb-3", APPEAL, "approve").await;

        let page = partner.page(INTEGRATION).await;
        says(&page, &["1 permission is in force", "In force", APPEAL]);
        says(&partner.page(FORM).await, &["The boards carried it: what it asks for is in effect."]);
        says(&partner.page("/inbox").await, &["The boards carried your appeal of PJ-2026-0001"]);
        let page = auditor.page(&format!("/cases/{APPEAL}")).await;
        says(&page, &["What was appealed stays decided as it was"]);
        says(&auditor.page(PAGE).await, &["Declined, Wed 18 Nov 2026"]);
        says(&auditor.page("/records?kind=AP").await, &[APPEAL, "appeal of PJ-2026-0001"]);
        let admin = member(app, "admin").await;
        let csv = admin.post("/export/records.csv", &[("kind", "AP")]).await.text().await.unwrap();
        assert!(csv.contains("AP-2026-0001,carried,") && csv.contains(",PJ-2026-0001,"), "{csv}");
        let decided = app.log().await.into_iter().find(|event| event.kind == "decided").unwrap();
        assert_eq!(decided.details.0["effects"]["granted"][0], "read:items.status");
        says(&app.visitor().page("/policy").await, &["Appeal, with the boards that decided"]);
        // It is what the next submission is compared with.
        let page = auditor.page("/cases/PJ-2026-0002").await;
        says(&page, &["compared with revision 1"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_declined_on_appeal_is_final_and_who_objected_closes_no_ballot() {
    on_both(async |app| {
        let partner = declined(app).await;
        appeal(&partner, CASE, &[]).await;
        app.clock.advance(Duration::days(22));
        let close = async |name: &str| {
            let visitor = member(app, name).await;
            let board = name.split('-').next().unwrap();
            let fields = [("case", APPEAL), ("board", board), ("reason", "Nobody found the time")];
            visitor.post("/do/close_ballot", &fields).await.status().as_u16()
        };
        let chair = member(app, "sco-chair").await;
        assert!(!chair.page(&format!("/cases/{APPEAL}")).await.contains("Close the ballot of"));
        assert_eq!(close("sco-chair").await, 403, "who objected does not lead");
        say(app, "sco-chair", APPEAL, "abstain").await;
        assert!(member(app, "tsc-chair").await.page(&format!("/cases/{APPEAL}")).await.contains("Close the ballot of"));
        assert_eq!(close("tsc-chair").await, 303);
        let partner = app.signed_in(PARTNER).await;
        says(&partner.page(FORM).await, &["The boards declined it. Nothing changes, and that is final."]);
        assert!(partner.page(INTEGRATION).await.contains("No permission is granted"));
        assert_eq!(appeal(&partner, CASE, &[]).await, FORM);
        says(&partner.page(FORM).await, &["a decision is appealed once"]);
        assert_eq!(partner.get(&format!("/submissions/{APPEAL}/appeal")).await.status(), 404);
        assert_eq!(partner.post("/do/make_appeal", &[("case", APPEAL)]).await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn the_time_to_appeal_ends_with_the_thirtieth_day_and_another_partner_learns_nothing() {
    on_both(async |app| {
        declined(app).await;
        let other = app.signed_in("partner@helio-health.demo.example").await;
        assert_eq!(other.get(FORM).await.status(), 404);
        assert_eq!(other.post("/do/make_appeal", &[("case", CASE), ("facts", FACTS)]).await.status(), 404);
        assert_eq!(member(app, "sco-1").await.get(FORM).await.status(), 404);
        // To the last minute: Fri 18 Dec 2026, 23:59.
        app.clock.advance(Duration::days(30) + Duration::hours(14) + Duration::minutes(17));
        let partner = app.signed_in(PARTNER).await;
        says(&partner.page(FORM).await, &["Send the appeal"]);
        app.clock.advance(Duration::minutes(1));
        assert_eq!(appeal(&partner, CASE, &[]).await, FORM);
        let page = partner.page(FORM).await;
        says(
            &page,
            &["The time to appeal PJ-2026-0001 ended on Fri 18 Dec 2026, 24:00 UTC", "A &lt;b&gt;new&lt;/b&gt;"],
        );
        assert!(!page.contains("/do/make_appeal"), "{page}");
        says(&partner.page(OWN).await, &["It was not appealed.", "Fri 18 Dec 2026"]);
        says(&member(app, "sco-1").await.page(PAGE).await, &["It was not appealed."]);
    })
    .await;
}

#[tokio::test]
async fn an_appeal_is_withdrawn_by_its_partner_alone_and_not_made_again() {
    on_both(async |app| {
        let partner = declined(app).await;
        appeal(&partner, CASE, &[]).await;
        let fields = [("case", APPEAL), ("appealed", CASE), ("reason", "We ask for less")];
        let other = app.signed_in("partner@helio-health.demo.example").await;
        assert_eq!(other.post("/do/withdraw_appeal", &fields).await.status(), 404);
        assert_eq!(location(&partner.post("/do/withdraw_appeal", &fields).await), FORM);
        says(&partner.page(FORM).await, &["AP-2026-0001 is withdrawn", "the decision is not appealed again"]);
        let page = member(app, "cgb-1").await.page(&format!("/cases/{APPEAL}")).await;
        says(&page, &["withdrew it; the boards stopped", "We ask for less"]);
        appeal(&partner, CASE, &[]).await;
        says(&partner.page(FORM).await, &["a decision is appealed once"]);
    })
    .await;
}

#[tokio::test]
async fn a_suspension_is_appealed_from_the_page_of_the_integration_and_lifted() {
    const EMERGENCY: &str = "EM-2026-0001";
    const FORM: &str = "/partners/orbit-crm/client-timeline/appeal/EM-2026-0001";
    on_both(async |app| {
        submitted_with_a_write(app).await;
        all(app, &["sco", "tsc"], CASE, "approve").await;
        let fields = [
            ("partner", "orbit-crm"),
            ("integration", "client-timeline"),
            ("what", "grants"),
            ("permissions[0]", "read:items.status"),
            ("reason", "A leak"),
            ("has_read", "yes"),
        ];
        member(app, "sco-chair").await.post("/do/suspend_at_once", &fields).await;
        let partner = app.signed_in(PARTNER).await;
        assert!(!partner.page(INTEGRATION).await.contains(FORM), "it is not decided yet");
        all(app, &["cgb"], EMERGENCY, "approve").await;
        says(&partner.page(INTEGRATION).await, &["You can appeal it once", FORM, "1 permission is in force"]);
        says(&partner.page(FORM).await, &["The suspension of read:items.status is lifted"]);
        let path = [("partner", "orbit-crm"), ("integration", "client-timeline")];
        assert_eq!(appeal(&partner, EMERGENCY, &path).await, FORM);
        let page = member(app, "cgb-1").await.page(&format!("/cases/{APPEAL}")).await;
        says(&page, &["Appeal of the suspension", "does not lead"]);
        all(app, &["cgb"], APPEAL, "approve").await;
        says(&partner.page(INTEGRATION).await, &["2 permissions are in force"]);
        says(&partner.page(FORM).await, &["The boards carried it"]);
        assert_eq!(settle_due(&app.db, &Caller::Operator).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_a_review_ended_is_resumed_until_its_earlier_end() {
    const REVIEW: &str = "QR-2027-0004";
    const FORM: &str = "/partners/orbit-crm/client-timeline/appeal/QR-2027-0004";
    on_both(async |app| {
        let partner = campaign::opened(app).await;
        campaign::all(app, &["sco"], REVIEW, "reduce", &campaign::REDUCE).await;
        campaign::all(app, &["tsc", "erc"], REVIEW, "continue", &[]).await;
        assert!(partner.page(INTEGRATION).await.contains("No permission is granted"));
        says(&partner.page(FORM).await, &["read:items.status is granted again until Wed 31 Mar 2027"]);
        let path = [("partner", "orbit-crm"), ("integration", "client-timeline")];
        assert_eq!(appeal(&partner, REVIEW, &path).await, FORM);
        all(app, &["sco", "tsc", "erc", "cgb"], "AP-2027-0001", "approve").await;
        says(&partner.page(INTEGRATION).await, &["1 permission is in force", "Wed 31 Mar 2027"]);
    })
    .await;
}

#[tokio::test]
async fn an_appeal_changes_nothing_once_another_submission_was_carried() {
    on_both(async |app| {
        declined(app).await;
        app.clock.advance(Duration::days(29));
        let partner = app.signed_in(PARTNER).await;
        appeal(&partner, CASE, &[]).await;
        all(app, &["sco", "tsc"], APPEAL, "approve").await;
        say(app, "cgb-1", APPEAL, "approve").await;
        say(app, "cgb-2", APPEAL, "approve").await;
        // The partner gets another submission carried meanwhile: it declares the whole set.
        assert_eq!(submitted_again(&partner, "PJ-2026-0002").await, "/submissions/PJ-2026-0002/submitted");
        all(app, &["sco", "tsc"], "PJ-2026-0002", "approve").await;
        let page = member(app, "cgb-3").await.page(&format!("/cases/{APPEAL}")).await;
        says(&page, &["It cannot be carried as things stand", "Revision 2 was carried since"]);
        say(app, "cgb-3", APPEAL, "approve").await;
        let page = partner.page(FORM).await;
        says(&page, &["Something became impossible meanwhile", "Revision 2 was carried since"]);
        says(&partner.page(INTEGRATION).await, &["1 permission is in force", "PJ-2026-0002"]);
    })
    .await;
}

#[tokio::test]
async fn what_would_have_run_out_by_now_is_not_granted_on_appeal() {
    on_both(async |app| {
        let partner = app.signed_in(PARTNER).await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.status")]).await;
        partner.post("/do/save_permission", &answers(&[("until", "2026-12-10")])).await;
        submit(&partner).await;
        all(app, &["sco"], CASE, "abstain").await;
        assert_eq!(appeal(&partner, CASE, &[]).await, FORM);
        all(app, &["sco", "tsc"], APPEAL, "approve").await;
        app.clock.advance(Duration::days(23));
        all(app, &["cgb"], APPEAL, "approve").await;
        let partner = app.signed_in(PARTNER).await;
        says(&partner.page(FORM).await, &["Every day until which something was asked for has passed"]);
        assert!(partner.page(INTEGRATION).await.contains("No permission is granted"));
    })
    .await;
}

#[tokio::test]
async fn two_members_reopen_what_was_declined_and_one_alone_does_not() {
    on_both(async |app| {
        declined(app).await;
        let first = member(app, "sco-1").await;
        let propose = async |visitor: &Visitor, reason: &str| {
            visitor.post("/do/propose_reopening", &[("case", CASE), ("reason", reason)]).await.status().as_u16()
        };
        let confirm = async |visitor: &Visitor| visitor.post("/do/confirm_reopening", &[("case", CASE)]).await;
        assert_eq!(propose(&member(app, "cgb-1").await, "It was wrong").await, 403, "CGB did not decide");
        assert_eq!(propose(&member(app, "auditor").await, "It was wrong").await, 403);
        says(&first.page(PAGE).await, &["Propose to reopen it on new facts"]);
        assert_eq!(propose(&first, " ").await, 303);
        says(&first.page(PAGE).await, &["Give a reason", "href=\"#reopening\""]);
        assert_eq!(propose(&first, "The <b>audit</b> was late").await, 303);
        says(
            &first.page(PAGE).await,
            &["You proposed it.", "The &lt;b&gt;audit&lt;/b&gt; was late", "Wed 2 Dec 2026, 09:42 UTC"],
        );
        assert_eq!(confirm(&first).await.status(), 403, "nobody reopens alone");
        let second = member(app, "tsc-1").await;
        says(&second.page(PAGE).await, &["Confirm the reopening"]);
        // While the partner writes, it is the partner's turn.
        let partner = app.signed_in(PARTNER).await;
        partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        confirm(&second).await;
        says(&second.page(PAGE).await, &["It cannot be reopened now. Its partner writes another justification."]);
        let revision = partner.hidden("/submissions/PJ-2026-0002", "revision").await;
        partner.post("/do/delete_submission", &[("case", "PJ-2026-0002"), ("revision", &revision)]).await;
        assert_eq!(location(&confirm(&second).await), "/cases/PJ-2026-0003");
        let page = second.page("/cases/PJ-2026-0003").await;
        says(&page, &["in the place of", "read:items.status", "PJ-2026-0001 is reopened"]);
        says(&second.page(PAGE).await, &["It was reopened, as", "Declined, Wed 18 Nov 2026"]);
        says(&partner.page("/inbox").await, &["PJ-2026-0001 is reopened, as PJ-2026-0003"]);
        says(&partner.page("/submissions/PJ-2026-0003").await, &["the boards have it"]);
        all(app, &["sco", "tsc"], "PJ-2026-0003", "approve").await;
        says(&partner.page(INTEGRATION).await, &["1 permission is in force", "PJ-2026-0003"]);
        assert_eq!(propose(&first, "Again").await, 303);
        assert!(!first.page(PAGE).await.contains("You proposed it."), "it is reopened once");
    })
    .await;
}

#[tokio::test]
async fn a_declined_step_is_reopened_and_a_proposal_lapses_after_fourteen_days() {
    const STEP: &str = "LT-2026-0001";
    on_both(async |app| {
        let fields = [
            ("partner", "orbit-crm"),
            ("integration", "client-timeline"),
            ("to", "maintenance"),
            ("reason", "Rarely used"),
        ];
        member(app, "sco-4").await.post("/do/propose_transition", &fields).await;
        all(app, &["tsc"], STEP, "abstain").await;
        let propose = async |name: &str| {
            let fields = [("case", STEP), ("reason", "It is used less")];
            member(app, name).await.post("/do/propose_reopening", &fields).await.status().as_u16()
        };
        assert_eq!(propose("sco-4").await, 403, "who proposed the step takes no part");
        assert_eq!(propose("sco-1").await, 303);
        app.clock.advance(Duration::days(14));
        let second = member(app, "tsc-1").await;
        second.post("/do/confirm_reopening", &[("case", STEP)]).await;
        says(&second.page(&format!("/cases/{STEP}")).await, &["Propose to reopen it on new facts"]);
        assert_eq!(propose("tsc-1").await, 303);
        app.clock.advance(Duration::days(14) - Duration::seconds(1));
        let second = member(app, "sco-1").await;
        let answer = second.post("/do/confirm_reopening", &[("case", STEP)]).await;
        assert_eq!(location(&answer), "/cases/LT-2026-0002");
        says(&second.page("/cases/LT-2026-0002").await, &["Rarely used", "in the place of"]);
        all(app, &["tsc", "sco"], "LT-2026-0002", "approve").await;
    })
    .await;
}

#[tokio::test]
async fn a_chair_says_when_a_decision_is_looked_at_again_and_the_members_are_told_on_that_day() {
    on_both(async |app| {
        declined(app).await;
        let chair = member(app, "sco-chair").await;
        let set = async |visitor: &Visitor, day: &str, reason: &str| {
            let fields = [("case", CASE), ("day", day), ("reason", reason)];
            visitor.post("/do/set_revisit", &fields).await.status().as_u16()
        };
        for who in ["sco-1", "cgb-chair", "auditor", "admin"] {
            assert_eq!(set(&member(app, who).await, "2027-03-31", "The audit is due").await, 403, "{who}");
            assert!(!member(app, who).await.page(PAGE).await.contains("Look at it again on"), "{who}");
        }
        assert_eq!(set(&app.signed_in(PARTNER).await, "2027-03-31", "Now").await, 404);
        says(&chair.page(PAGE).await, &["Set when the boards look at it again"]);
        for (day, reason, wrong) in [
            ("2026-11-18", "The audit is due", "Choose a day after today"),
            ("", "The audit is due", "Choose a day, such as 2027-03-31"),
            ("2026-11-31", "The audit is due", "href=\"#revisit-day\""),
            ("2026-12-01", " ", "href=\"#revisit-reason\""),
        ] {
            assert_eq!(set(&chair, day, reason).await, 303);
            let page = chair.page(PAGE).await;
            says(&page, &[wrong, &format!("value=\"{day}\"")]);
        }
        assert_eq!(set(&chair, "2026-12-01", "The <b>audit</b> is due").await, 303);
        says(&member(app, "tsc-1").await.page(PAGE).await, &["look at it again on Tue 1 Dec 2026", "&lt;b&gt;audit"]);
        let partner = app.signed_in(PARTNER).await;
        let own = partner.page(&format!("/submissions/{CASE}")).await;
        says(&own, &["The boards look at this decision again on Tue 1 Dec 2026."]);
        assert!(!own.contains("&lt;b&gt;audit"), "why is the boards' own matter");
        let tell =
            async || kwanus_service::revisit::tell_due(&app.db, &kwanus_service::Caller::Operator).await.unwrap();
        assert_eq!(tell().await, 0, "the day has not come");
        app.clock.advance(Duration::days(13));
        assert_eq!((tell().await, tell().await), (1, 0), "they are told once");
        says(&member(app, "sco-1").await.page("/inbox").await, &["is to be looked at again: Client Timeline"]);
        let page = member(app, "tsc-1").await.page(PAGE).await;
        says(&page, &["The day came: the members were told.", "came to the day on which the boards look at it again"]);
        assert_eq!(set(&member(app, "sco-chair").await, "", "The audit was done").await, 303);
        assert!(!member(app, "tsc-1").await.page(PAGE).await.contains("Looking again"));
    })
    .await;
}
