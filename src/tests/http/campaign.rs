//! Reviews: rounds that open on their day, recommendations on a ladder, and what they bring about.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kwanus_service::{Caller, review};

use crate::{
    app::{TestApp, Visitor, location, on_both},
    submission::{answers, submitted},
};

const INTEGRATION: &str = "/partners/orbit-crm/client-timeline";
/// Orbit CRM's timeline: the fourth of six by the names of their partners.
const CASE: &str = "QR-2027-0004";

/// The first day of the round of the first quarter of 2027, with one permission granted to Orbit CRM's timeline.
pub async fn opened(app: &TestApp) -> Visitor {
    submitted(app).await;
    for board in ["sco", "tsc"] {
        for n in 1..=3 {
            say(app, &format!("{board}-{n}"), "PJ-2026-0001", "approve", &[]).await;
        }
    }
    app.clock.advance("2027-02-01T09:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.now());
    assert_eq!(review::open_due(&app.db, &Caller::Operator).await.unwrap(), 6);
    assert_eq!(review::open_due(&app.db, &Caller::Operator).await.unwrap(), 0);
    app.signed_in("partner@orbit-crm.demo.example").await
}

/// A member takes a position; answers the page it leads to, as they see it.
async fn say(app: &TestApp, member: &str, case: &str, position: &str, more: &[(&str, &str)]) -> String {
    let visitor = app.signed_in(&format!("{member}@demo.example")).await;
    let (board, _) = member.split_once('-').unwrap();
    let page = format!("/cases/{case}");
    let revision = visitor.hidden(&page, "revision").await;
    let fields = [("case", case), ("board", board), ("revision", &revision), ("position", position)];
    let fields: Vec<_> = fields.into_iter().chain(more.iter().copied()).collect();
    assert_eq!(visitor.post("/do/take_position", &fields).await.status(), 303, "{member} {case} {position}");
    visitor.page(&page).await
}

/// Three of each of these boards say the same.
pub async fn all(app: &TestApp, boards: &[&str], case: &str, position: &str, more: &[(&str, &str)]) {
    for board in boards {
        for n in 1..=3 {
            say(app, &format!("{board}-{n}"), case, position, more).await;
        }
    }
}

pub const REDUCE: [(&str, &str); 2] =
    [("permissions[0]", "read:items.status"), ("reason", "Never used <b>since</b> it was granted")];

#[tokio::test]
async fn a_quarterly_review_ends_what_more_than_half_of_a_board_would_end() {
    on_both(async |app| {
        let partner = opened(app).await;
        let auditor = app.signed_in("auditor@demo.example").await;
        let page = auditor.page("/reviews").await;
        assert!(page.contains("Q1 2027 is open until Thu 11 Mar 2027.") && page.contains("Q1, 0 of 6"), "{page}");
        let page = auditor.page("/reviews/2027-q1").await;
        assert!(
            page.contains("6 reviews are not concluded of 6") && page.contains("Orbit CRM: Client Timeline"),
            "{page}"
        );
        let docket = app.signed_in("erc-1@demo.example").await.page("/docket").await;
        assert!(
            docket.contains("5 cases need your position"),
            "ERC reviews those with workflows or extensions: {docket}"
        );

        let page = say(app, "sco-1", CASE, "reduce", &REDUCE).await;
        assert!(page.contains("Your position is recorded: reduce permissions."), "{page}");
        assert!(page.contains("SCO needs 2 more recommendations"), "{page}");
        all(app, &["tsc", "erc"], CASE, "continue", &[]).await;
        say(app, "sco-2", CASE, "reduce", &REDUCE).await;
        assert!(partner.page(INTEGRATION).await.contains("In force"), "not more than half yet");
        let page = say(app, "sco-4", CASE, "continue", &[]).await;
        assert!(page.contains("SCO can still change its mind"), "two more could be stricter: {page}");
        let page = say(app, "sco-3", CASE, "reduce", &REDUCE).await;
        assert!(page.contains("QR-2027-0004 is decided: reduce permissions."), "{page}");
        assert!(page.contains("These permissions ended at once") && page.contains("read:items.status"), "{page}");

        let page = partner.page(INTEGRATION).await;
        assert!(page.contains("No permission is granted") && page.contains("Q1 2027"), "{page}");
        assert!(page.contains("Never used &lt;b&gt;since&lt;/b&gt; it was granted"), "{page}");
        for name in ["Priya Raman", "sco-1"] {
            assert!(!page.contains(name), "a partner never learns who recommended what: {name}");
        }
        assert!(auditor.page("/reviews/2027-q1").await.contains("5 reviews are not concluded of 6"));
        let records = auditor.page("/records?kind=QR&outcome=reduce").await;
        assert!(records.contains("2027-q1, ended read:items.status"), "{records}");
        let admin = app.signed_in("admin@demo.example").await;
        let csv = admin.post("/export/records.csv", &[]).await.text().await.unwrap();
        assert!(csv.contains("QR-2027-0004,reduce,") && csv.contains("SCO reduce"), "{csv}");
        let event = &app.log().await.into_iter().find(|event| event.kind == "decided").unwrap();
        assert_eq!(event.details.0["effects"]["ended"][0], "read:items.status");
        assert!(app.signed_in("sco-4@demo.example").await.page("/overview").await.contains("Reviewed"));
    })
    .await;
}

#[tokio::test]
async fn a_record_of_a_review_says_in_columns_of_its_own_what_it_was_about() {
    on_both(async |app| {
        opened(app).await;
        all(app, &["sco"], CASE, "reduce", &REDUCE).await;
        all(app, &["tsc", "erc"], CASE, "continue", &[]).await;
        let admin = app.signed_in("admin@demo.example").await;
        for (kind, expected) in [
            (
                "QR",
                [
                    ("reference", CASE),
                    ("outcome", "reduce"),
                    ("permissions", ""),
                    ("campaign", "2027-q1"),
                    ("ended", "read:items.status"),
                    ("suspension", ""),
                    ("transition", ""),
                ],
            ),
            (
                "PJ",
                [
                    ("reference", "PJ-2026-0001"),
                    ("outcome", "carried"),
                    ("permissions", "read:items.status"),
                    ("campaign", ""),
                    ("ended", ""),
                    ("suspension", ""),
                    ("transition", ""),
                ],
            ),
        ] {
            let text = admin.post("/export/records.csv", &[("kind", kind)]).await.text().await.unwrap();
            let records = csv::Reader::from_reader(text.as_bytes()).into_deserialize::<BTreeMap<String, String>>();
            let rows: Vec<_> = records.map(Result::unwrap).collect();
            assert_eq!(rows.len(), 1, "{text}");
            for (column, value) in expected {
                assert_eq!(rows[0][column], value, "{column}: {text}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_recommendation_names_its_reason_and_what_is_to_end() {
    on_both(async |app| {
        opened(app).await;
        for (position, more, error) in [
            ("", &[("reason", "Typed at length")][..], "Choose a position"),
            ("approve", &[], "Choose a position"),
            ("object", &[("reason", "No")], "Choose a position"),
            ("conditions", &[], "Name the conditions"),
            ("maintenance", &[], "Say what you found"),
            ("reduce", &[("reason", "Unused")], "Choose the permissions that are to end"),
            (
                "reduce",
                &[("reason", "Unused"), ("permissions[0]", "read:items.type")],
                "read:items.type is not granted any more",
            ),
            ("reduce", &[("reason", "Unused"), ("permissions[0]", "*")], "Choose from what is granted"),
        ] {
            let page = say(app, "tsc-1", CASE, position, more).await;
            assert!(page.contains(error) && page.contains("problem</h2>"), "{position}: {page}");
            for (_, typed) in more.iter().filter(|(name, _)| *name == "reason") {
                assert!(page.contains(typed), "{position} keeps {typed}");
            }
        }
        // Nothing is granted to the Matter File: there is nothing to reduce.
        let page = say(app, "tsc-1", "QR-2027-0001", "reduce", &REDUCE).await;
        assert!(page.contains("Reduce permissions is not possible as the integration is now"), "{page}");
        assert!(
            !app.log().await.iter().any(|event| event.details.0["reference"] == CASE && event.kind == "position_taken")
        );
        let fields =
            [("partner", "orbit-crm"), ("integration", "client-timeline"), ("to", "maintenance"), ("reason", "Frozen")];
        app.signed_in("tsc-4@demo.example").await.post("/do/propose_transition", &fields).await;
        let page = say(app, "sco-1", "LT-2027-0001", "continue", &[]).await;
        assert!(page.contains("Choose a position"), "a step is not decided on the ladder: {page}");
    })
    .await;
}

#[tokio::test]
async fn what_was_said_before_the_grants_changed_is_asked_again() {
    on_both(async |app| {
        opened(app).await;
        all(app, &["tsc", "sco"], CASE, "continue", &[]).await;
        let member = app.signed_in("erc-1@demo.example").await;
        let page = member.page(&format!("/cases/{CASE}")).await;
        assert!(page.contains("ERC needs 3 more recommendations"), "{page}");
        // Another stage: the integration is not what it was.
        let fields =
            [("partner", "orbit-crm"), ("integration", "client-timeline"), ("to", "maintenance"), ("reason", "Frozen")];
        app.signed_in("tsc-4@demo.example").await.post("/do/propose_transition", &fields).await;
        all(app, &["tsc", "sco", "erc"], "LT-2027-0001", "approve", &[]).await;
        let page = member.page(&format!("/cases/{CASE}")).await;
        assert!(page.contains("TSC, SCO and ERC need 3 more recommendations each"), "{page}");
        let page = app.signed_in("sco-1@demo.example").await.page(&format!("/cases/{CASE}")).await;
        assert!(page.contains("before the integration changed") && !page.contains("value=\"maintenance\""), "{page}");
        let fields = [("case", CASE), ("board", "erc"), ("revision", "1"), ("position", "continue")];
        member.post("/do/take_position", &fields).await;
        assert!(member.page(&format!("/cases/{CASE}")).await.contains("Read what changed"));
    })
    .await;
}

#[tokio::test]
async fn a_stricter_outcome_opens_its_own_case_and_a_suspension_rests_every_grant_until_it_is_lifted() {
    on_both(async |app| {
        let partner = opened(app).await;
        all(app, &["tsc", "erc"], CASE, "maintenance", &[("reason", "Errors every day")]).await;
        let leak = [("reason", "Its logs hold names of people")];
        all(app, &["sco"], CASE, "suspend", &leak).await;
        let page = app.signed_in("cgb-1@demo.example").await.page("/cases/EM-2027-0001").await;
        assert!(page.contains("SCO: Its logs hold names of people") && page.contains("A review"), "{page}");
        assert!(partner.page(INTEGRATION).await.contains("In force"), "CGB has the final word");
        all(app, &["cgb"], "EM-2027-0001", "approve", &[]).await;
        let page = partner.page(INTEGRATION).await;
        assert!(page.contains("Suspended since Mon 1 Feb 2027.") && !page.contains("In force"), "{page}");
        assert!(page.contains("Propose to lift the suspension") && page.contains("Its logs hold names"), "{page}");
        let lift = |reason| {
            [("partner", "orbit-crm"), ("integration", "client-timeline"), ("what", "integration"), ("reason", reason)]
        };
        let answer = partner.post("/do/propose_lift", &lift(" ")).await;
        assert_eq!(location(&answer), format!("{INTEGRATION}/suspension"));
        assert!(partner.page(&format!("{INTEGRATION}/suspension")).await.contains("Give a reason"));
        let stranger = app.signed_in("partner@helio-health.demo.example").await;
        assert_eq!(stranger.post("/do/propose_lift", &lift("Mine")).await.status(), 404);
        partner.post("/do/propose_lift", &lift("The logs are clean")).await;
        all(app, &["cgb"], "EM-2027-0002", "approve", &[]).await;
        let page = partner.page(INTEGRATION).await;
        assert!(page.contains("In force") && !page.contains("Suspended since"), "{page}");
        partner.post("/do/propose_lift", &lift("Again")).await;
        assert!(partner.page(&format!("{INTEGRATION}/suspension")).await.contains("The integration is not suspended"));
    })
    .await;
}

#[tokio::test]
async fn maintenance_opens_a_transition_that_the_boards_decide_on() {
    on_both(async |app| {
        let partner = opened(app).await;
        for board in ["tsc", "erc", "sco"] {
            let (position, reason) = if board == "erc" { ("maintenance", "Not reversible") } else { ("continue", "") };
            all(app, &[board], CASE, position, &[("reason", reason)]).await;
        }
        let page = partner.page(INTEGRATION).await;
        assert!(page.contains("LT-2027-0001 proposes Maintenance") && page.contains("Active since"), "{page}");
        let page = app.signed_in("tsc-1@demo.example").await.page("/cases/LT-2027-0001").await;
        assert!(page.contains("Recommended by QR-2027-0004.") && page.contains("ERC: Not reversible"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_review_is_not_decided_by_silence_and_its_date_closes_what_more_than_half_have_said() {
    on_both(async |app| {
        opened(app).await;
        let log = [("reason", "A deletion log by June")];
        all(app, &["tsc"], CASE, "conditions", &log).await;
        for (member, position) in [("sco-1", "conditions"), ("sco-2", "continue"), ("sco-3", "conditions")] {
            say(app, member, CASE, position, &log).await;
        }
        all(app, &["erc"], CASE, "continue", &[]).await;
        app.clock.advance("2027-03-11T17:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.now());
        assert_eq!(kwanus_service::ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 1);
        let auditor = app.signed_in("auditor@demo.example").await;
        let page = auditor.page(&format!("/cases/{CASE}")).await;
        assert!(page.contains("Continue with conditions") && page.contains("Decision"), "{page}");
        app.clock.advance(chrono::Duration::days(60));
        assert_eq!(kwanus_service::ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 0);
        let auditor = app.signed_in("auditor@demo.example").await;
        let page = auditor.page("/reviews?year=2027").await;
        assert!(page.contains("recommendations overdue"), "{page}");
        let page = say(app, "tsc-1", "QR-2027-0001", "continue", &[]).await;
        assert!(page.contains("Your position is recorded: continue."), "nobody is too late: {page}");
    })
    .await;
}

#[tokio::test]
async fn administrators_set_the_dates_of_what_has_not_opened() {
    on_both(async |app| {
        let admin = app.signed_in("admin@demo.example").await;
        let page = admin.page("/reviews?year=2027").await;
        assert!(page.contains("Q1, opens 1") && page.contains("Set the dates"), "{page}");
        let set = async |visitor: &Visitor, opens: &str, closes: &str, revision: &str| {
            let fields = [("campaign", "2027-q1"), ("opens_on", opens), ("closes_on", closes), ("revision", revision)];
            visitor.post("/do/schedule_campaign", &fields).await.status().as_u16()
        };
        for (opens, closes, error) in [
            ("", "2027-03-01", "Enter a date"),
            ("soon", "2027-03-01", "Enter a date, such as"),
            ("2026-11-18", "2027-03-01", "Choose a day after today"),
            ("2027-04-01", "2027-05-01", "Choose a day within the period"),
            ("2027-02-01", "2027-02-03", "Leave the boards a week"),
        ] {
            assert_eq!(set(&admin, opens, closes, "1").await, 303);
            let page = admin.page("/reviews/2027-q1").await;
            assert!(page.contains(error) && page.contains(&format!("value=\"{closes}\"")), "{opens}: {page}");
        }
        set(&admin, "2027-01-11", "2027-01-29", "1").await;
        let page = admin.page("/reviews/2027-q1").await;
        assert!(page.contains("The dates are set.") && page.contains("It opens Mon 11 Jan 2027"), "{page}");
        set(&admin, "2027-02-11", "2027-02-28", "1").await;
        let page = admin.page("/reviews/2027-q1").await;
        assert!(page.contains("Somebody else set these dates meanwhile"), "{page}");
        assert!(page.contains("It says now: Mon 11 Jan 2027"), "{page}");
        let member = app.signed_in("tsc-chair@demo.example").await;
        assert_eq!(set(&member, "2027-02-11", "2027-02-28", "2").await, 403);
        assert!(!member.page("/reviews/2027-q1").await.contains("schedule_campaign"));
        app.clock.advance("2027-01-11T00:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.now());
        assert_eq!(review::open_due(&app.db, &Caller::Operator).await.unwrap(), 6);
        let admin = app.signed_in("admin@demo.example").await;
        set(&admin, "2027-02-11", "2027-02-28", "2").await;
        let page = admin.page("/reviews/2027-q1").await;
        assert!(page.contains("Q1 2027 has opened, and its dates hold"), "{page}");
        for path in ["/reviews/2027-q5", "/reviews/x", "/reviews/2019"] {
            assert_eq!(admin.get(path).await.status(), 404, "{path}");
        }
        let page = admin.page("/reviews/2027-q1?state=nonsense&after=x").await;
        assert!(page.contains("What the address says of state is not known") && page.contains("Matter File"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_review_that_changes_nothing_leaves_the_other_one_as_it_is() {
    on_both(async |app| {
        opened(app).await;
        app.clock.advance("2027-11-02T09:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.now());
        assert!(review::open_due(&app.db, &Caller::Operator).await.unwrap() >= 12);
        let annual = app.signed_in("auditor@demo.example").await.page("/reviews/2027").await;
        assert!(annual.contains("AR-2027-0004"), "{annual}");
        all(app, &["tsc", "sco"], "AR-2027-0004", "conditions", &[("reason", "A log by June")]).await;
        let quarterly = app.signed_in("sco-1@demo.example").await.page("/reviews/2027-q4").await;
        let case = quarterly.split("/cases/QR-2027-").nth(3).map(|rest| format!("QR-2027-{}", &rest[..4])).unwrap();
        all(app, &["tsc", "sco", "erc"], &case, "continue", &[]).await;
        let page = app.signed_in("sco-1@demo.example").await.page("/cases/AR-2027-0004").await;
        assert!(
            page.contains("ERC and CGB need 3 more recommendations each") && !page.contains(", ERC and CGB need"),
            "{page}"
        );
        assert!(!app.log().await.iter().any(|event| event.kind == "review_revised"));
    })
    .await;
}

#[tokio::test]
async fn what_a_review_took_away_does_not_come_back_by_a_submission_that_was_open() {
    on_both(async |app| {
        let partner = opened(app).await;
        let fields =
            [("partner", "orbit-crm"), ("integration", "client-timeline"), ("to", "maintenance"), ("reason", "Frozen")];
        app.signed_in("tsc-4@demo.example").await.post("/do/propose_transition", &fields).await;
        all(app, &["tsc", "sco", "erc"], "LT-2027-0001", "approve", &[]).await;
        // A renewal in Maintenance, and the review that ends the permission before the last approval.
        let answer = partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
        let case = location(&answer).rsplit('/').next().unwrap().to_owned();
        let form = format!("/submissions/{case}/permissions/read:items.status");
        let revision = partner.hidden(&form, "revision").await;
        let fields = answers(&[("case", &case), ("revision", &revision), ("compliance_note", "Checked on Monday")]);
        partner.post("/do/save_permission", &fields).await;
        let revision = partner.hidden(&format!("/submissions/{case}"), "revision").await;
        partner.post("/do/submit", &[("case", &case), ("revision", &revision)]).await;
        let page = partner.page(&format!("/submissions/{case}")).await;
        assert!(page.contains("The boards"), "{page}");
        all(app, &["tsc"], &case, "approve", &[]).await;
        all(app, &["sco"], CASE, "reduce", &REDUCE).await;
        all(app, &["tsc", "erc"], CASE, "continue", &[]).await;
        assert!(partner.page(INTEGRATION).await.contains("No permission is granted"));
        let page = partner.page(&format!("/submissions/{case}")).await;
        assert!(page.contains("declined") && page.contains("Something in it became impossible meanwhile"), "{page}");
    })
    .await;
}
