//! Working through a docket: looking inside, approving several at once, filters, and what each is told who has none.

use chrono::Duration;

use crate::{
    app::{TestApp, Visitor, location, on_both},
    review::approve,
    submission::{answers, complete, revised, submitted, submitted_with_a_write},
};

const CASE: &str = "PJ-2026-0001";
const SECOND: &str = "PJ-2026-0002";
const OPEN: &str = "/docket?open=PJ-2026-0001";

/// Helio Health asks for the same as [`submitted`].
async fn submitted_by_another(app: &TestApp) {
    let partner = app.signed_in("partner@helio-health.demo.example").await;
    partner.post("/do/start_submission", &[("integration", "claims-reader")]).await;
    partner.post("/do/add_permission", &[("case", SECOND), ("permission", "read:items.status")]).await;
    partner.post("/do/save_permission", &answers(&[("case", SECOND)])).await;
    complete(&partner, SECOND).await;
    hand_in(&partner).await;
}

/// Orbit CRM asks once more for what was granted to it.
async fn renewed(app: &TestApp) {
    let partner = submitted(app).await;
    approve(app, "sco", "1", &["1", "2", "3"]).await;
    approve(app, "tsc", "1", &["1", "2", "3"]).await;
    let answer = partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
    assert_eq!(location(&answer), format!("/submissions/{SECOND}"));
    hand_in(&partner).await;
}

/// Submits the second draft as it stands.
async fn hand_in(partner: &Visitor) {
    let revision = partner.hidden(&format!("/submissions/{SECOND}"), "revision").await;
    let answer = partner.post("/do/submit", &[("case", SECOND), ("revision", &revision)]).await;
    assert_eq!(location(&answer), format!("/submissions/{SECOND}/submitted"));
}

/// Records a position from the docket; answers where that leads.
async fn record(member: &Visitor, revision: &str, position: &str, reason: &str) -> String {
    let fields = [
        ("case", CASE),
        ("board", "sco"),
        ("revision", revision),
        ("position", position),
        ("reason", reason),
        ("filter", "kind=PJ"),
        ("next", SECOND),
    ];
    location(&member.post("/do/record_and_open_next", &fields).await)
}

/// Approves selected cases by hand, each with its revision and its reason; answers where that leads.
async fn approve_selected(member: &Visitor, cases: &[(&str, &str, &str)], for_all: &str) -> String {
    let mut fields = vec![("shared_reason".to_owned(), for_all)];
    for (n, (case, revision, reason)) in cases.iter().enumerate() {
        fields.push((format!("cases[{n}]"), case));
        fields.push((format!("revisions[{n}]"), revision));
        fields.push((format!("reasons[{n}]"), reason));
    }
    let fields: Vec<_> = fields.iter().map(|(name, value)| (&**name, *value)).collect();
    location(&member.post("/do/approve_selected", &fields).await)
}

/// How many positions were ever taken.
async fn positions(app: &TestApp) -> i64 {
    let mut tx = app.db.read().await.unwrap();
    let (count,): (i64,) = tx.query("SELECT COUNT(*) FROM position").one().await.unwrap();
    count
}

#[tokio::test]
async fn looking_inside_records_a_position_and_opens_what_follows_in_the_same_filter() {
    on_both(async |app| {
        submitted(app).await;
        submitted_by_another(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let docket = member.page("/docket").await;
        assert!(docket.contains("href=\"/docket?open=PJ-2026-0001#inside\""), "{docket}");
        assert!(
            docket.contains("Later") && docket.contains("2 cases") && !docket.contains("id=\"inside\""),
            "{docket}"
        );
        assert!(docket.contains("SCO decides; you have not spoken yet"), "{docket}");
        let page = member.page(OPEN).await;
        for says in [
            "PJ-2026-0001 in short",
            "All of it is new: nothing was carried before it",
            "never granted to this partner; 0 carried, 0 declined",
            "Record and open next",
            "<strong>If you record this, </strong>",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(page.matches("/do/record_and_open_next").count(), 1, "of the open one alone: {page}");
        let next = record(&member, "1", "approve", "Narrow, and for a time").await;
        assert_eq!(next, "/docket?kind=PJ&open=PJ-2026-0002#inside");
        let page = member.page(next.trim_end_matches("#inside")).await;
        assert!(page.contains("Your position on PJ-2026-0001 is recorded: approve."), "{page}");
        assert!(page.contains("PJ-2026-0002 in short") && !page.contains("PJ-2026-0001 in short"), "{page}");
        assert_eq!(positions(app).await, 1);
        assert!(member.page("/cases/PJ-2026-0001").await.contains("Narrow, and for a time"));
        // The first of whatever is there, as at the end of a page.
        assert!(member.page("/docket?open=first").await.contains("PJ-2026-0002 in short"));
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_on_the_docket_is_kept_when_it_is_not_recorded() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let back = "/docket?kind=PJ&open=PJ-2026-0001";
        assert_eq!(record(&member, "1", "object", "Typed of an objection").await, back);
        let page = member.page(back).await;
        assert!(page.contains("Choose a position, or open the case to say otherwise"), "{page}");
        assert!(
            page.contains("href=\"#position-PJ-2026-0001.sco\"") && page.contains("Typed of an objection"),
            "{page}"
        );
        revised(&partner, "A narrower purpose").await;
        assert_eq!(record(&member, "1", "approve", "Typed of the old one").await, back);
        let page = member.page(back).await;
        assert!(page.contains("Revision 2 is before the boards now, and you read revision 1"), "{page}");
        assert!(page.contains("Typed of the old one"), "{page}");
        assert_eq!(positions(app).await, 0);
        // Decided meanwhile, it stands on no docket any more, and what was typed is still shown.
        approve(app, "sco", "2", &["2", "3", "4"]).await;
        approve(app, "tsc", "2", &["1", "2", "3"]).await;
        assert_eq!(record(&member, "2", "approve", "Typed too late").await, back);
        let page = member.page(back).await;
        assert!(page.contains("was decided meanwhile") && page.contains("Typed too late"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_restricted_is_decided_on_the_page_of_its_case() {
    on_both(async |app| {
        submitted_with_a_write(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page(OPEN).await;
        assert!(page.contains("The boards weigh something in it") && page.contains("1 restricted"), "{page}");
        assert!(!page.contains("/do/record_and_open_next"), "{page}");
        assert!(page.contains("href=\"/cases/PJ-2026-0001#your-position-sco\""), "{page}");
        for (finding, is_there) in [("restricted", true), ("allowed", false), ("forbidden", false)] {
            let page = member.page(&format!("/docket?finding={finding}")).await;
            assert_eq!(page.contains("Orbit CRM: Client Timeline"), is_there, "{finding}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_docket_is_grouped_by_when_it_is_due_and_says_what_waits_for_others() {
    on_both(async |app| {
        submitted(app).await;
        app.clock.advance(Duration::days(8));
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page("/docket").await;
        assert!(page.contains("Due this week") && page.contains("1 closes within seven days"), "{page}");
        record(&member, "1", "abstain", "").await;
        assert!(member.page("/docket").await.contains("No case needs your position"));
        let page = member.page("/docket?show=waiting").await;
        assert!(page.contains("Orbit CRM: Client Timeline") && page.contains("You said: abstain"), "{page}");
        assert!(page.contains("1 open case has your position and waits for others."), "{page}");
        assert!(!page.contains("data-position"), "there is nothing to say: {page}");
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        revised(&partner, "A narrower purpose").await;
        let page = member.page("/docket").await;
        assert!(page.contains("Your position on revision 1 is stale"), "{page}");
        assert!(page.contains("Revision 2 since your position on revision 1"), "{page}");
        assert!(member.page("/docket?show=waiting").await.contains("Nothing waits for others"));
        for (query, is_there) in [
            ("q=client%20time", true),
            ("q=PJ-2026-0001", true),
            ("q=helio", false),
            ("tier=2", true),
            ("tier=3", false),
            ("kind=LT", false),
        ] {
            let page = member.page(&format!("/docket?{query}")).await;
            assert_eq!(page.contains("Orbit CRM: Client Timeline"), is_there, "{query}: {page}");
            assert_eq!(page.contains("No case that matches needs your position"), !is_there, "{query}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_renewal_is_approved_together_with_others_for_a_reason_that_is_said_once() {
    on_both(async |app| {
        renewed(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let docket = member.page("/docket").await;
        assert!(docket.contains("value=\"PJ-2026-0002.sco\"") && docket.contains("Approve selected…"), "{docket}");
        let found = member.page("/docket?q=client%20time").await;
        assert!(found.contains("<input type=\"hidden\" name=\"q\" value=\"client time\""), "{found}");
        let page = member.page("/docket/approve?q=client+time&case=PJ-2026-0002.sco").await;
        assert!(page.contains("href=\"/docket?q=client%20time\""), "it leads back to what was looked for: {page}");
        let confirm = "/docket/approve?case=PJ-2026-0002.sco";
        let page = member.page(confirm).await;
        for says in ["read:items.status", "until Wed 31 Mar 2027", "Orbit CRM: Client Timeline", "Approve 1 case"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let before = positions(app).await;
        assert_eq!(approve_selected(&member, &[("PJ-2026-0002.sco", "2", "")], " ").await, confirm);
        let page = member.page(confirm).await;
        assert!(page.contains("PJ-2026-0002: say why you approve it, here or once for all"), "{page}");
        assert_eq!(positions(app).await, before);
        assert_eq!(approve_selected(&member, &[("PJ-2026-0002.sco", "2", "")], "Nothing changed").await, "/docket");
        let page = member.page("/docket").await;
        assert!(page.contains("1 approval is recorded: PJ-2026-0002."), "{page}");
        assert!(member.page("/cases/PJ-2026-0002").await.contains("Nothing changed"));
        assert_eq!(positions(app).await, before + 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_new_or_restricted_is_refused_together_with_others_even_if_it_is_posted_by_hand() {
    on_both(async |app| {
        submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let docket = member.page("/docket").await;
        assert!(!docket.contains("value=\"PJ-2026-0001.sco\"") && !docket.contains("Approve selected…"), "{docket}");
        let confirm = "/docket/approve?case=PJ-2026-0001.sco";
        let page = member.page(confirm).await;
        assert!(
            page.contains("was never granted to this integration") && !page.contains("/do/approve_selected"),
            "{page}"
        );
        let answer = approve_selected(&member, &[("PJ-2026-0001.sco", "1", "Typed by hand")], "").await;
        assert_eq!(answer, confirm);
        let page = member.page(confirm).await;
        assert!(page.contains("PJ-2026-0001 was not approved: read:items.status was never granted"), "{page}");
        assert!(page.contains("Typed by hand"), "nothing is lost: {page}");
        assert_eq!(positions(app).await, 0);
        let many: Vec<_> = (1..=21).map(|n| format!("PJ-2026-{n:04}.sco")).collect();
        let many: Vec<_> = many.iter().map(|case| (&**case, "1", "")).collect();
        let answer = approve_selected(&member, &many, "All of them").await;
        assert!(member.page(&answer).await.contains("Select at most 20 cases: these are 21"));
        assert_eq!(positions(app).await, 0);
        let other = app.signed_in("erc-1@demo.example").await;
        let answer = approve_selected(&other, &[("PJ-2026-0001.sco", "1", "")], "Not my board").await;
        assert!(other.page(&answer).await.contains("You do not take part in the ballot of SCO"));
        assert_eq!(positions(app).await, 0);
    })
    .await;
    on_both(async |app| {
        submitted_with_a_write(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let answer = approve_selected(&member, &[("PJ-2026-0001.sco", "1", "")], "By hand").await;
        let page = member.page(&answer).await;
        assert!(page.contains("PJ-2026-0001 was not approved: Something in it is restricted"), "{page}");
        assert_eq!(positions(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn of_several_each_is_told_by_itself_and_what_was_not_recorded_keeps_its_reason() {
    on_both(async |app| {
        renewed(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let before = positions(app).await;
        let both = [("PJ-2026-0001.sco", "1", "Of the old one"), ("PJ-2026-0002.sco", "2", "")];
        let answer = approve_selected(&member, &both, "Nothing changed").await;
        assert_eq!(answer, "/docket/approve?case=PJ-2026-0001.sco");
        let page = member.page(&answer).await;
        assert!(page.contains("1 approval is recorded: PJ-2026-0002."), "{page}");
        assert!(page.contains("PJ-2026-0001 was not approved: PJ-2026-0001 was decided meanwhile: Carried"), "{page}");
        assert!(page.contains("Of the old one"), "{page}");
        assert_eq!(positions(app).await, before + 1);
        let other = app.signed_in("sco-2@demo.example").await;
        let answer = approve_selected(&other, &[("PJ-2026-0002.sco", "1", "Read long ago")], "").await;
        assert_eq!(answer, "/docket/approve?case=PJ-2026-0002.sco");
        let page = other.page(&answer).await;
        assert!(page.contains("Revision 2 is before the boards now, and you read revision 1"), "{page}");
        assert!(page.contains("value=\"Read long ago\""), "{page}");
        assert_eq!(positions(app).await, before + 1);
        let third = app.signed_in("sco-3@demo.example").await;
        let position = [("case", SECOND), ("board", "sco"), ("revision", "2"), ("position", "object")];
        let objection = [&position[..], &[("reason", "Too long"), ("concerns[0]", "retention")]].concat();
        assert_eq!(third.post("/do/take_position", &objection).await.status(), 303);
        let answer = approve_selected(&third, &[("PJ-2026-0002.sco", "2", "")], "From an old page").await;
        let page = third.page(&answer).await;
        assert!(page.contains("You have spoken on this revision meanwhile: object"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_filter_is_saved_under_a_name_chosen_by_a_link_and_deleted_and_is_its_persons_alone() {
    on_both(async |app| {
        submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        assert!(!member.page("/docket").await.contains("/do/save_filter"), "there is nothing to save");
        assert!(member.page("/docket?tier=2").await.contains("/do/save_filter"));
        let save = [("name", "Second <b>tier"), ("filter", "tier=2")];
        assert_eq!(location(&member.post("/do/save_filter", &save).await), "/docket?tier=2");
        let page = member.page("/docket?tier=2").await;
        assert!(page.contains("Saved filters (1)") && page.contains("Second &lt;b&gt;tier"), "{page}");
        assert!(page.contains("href=\"/docket?tier=2\"") && !page.contains("<b>tier"), "{page}");
        member.post("/do/save_filter", &save).await;
        let page = member.page("/docket?tier=2").await;
        assert!(page.contains("You have a filter of that name: choose another"), "{page}");
        for n in 2..=20 {
            member.post("/do/save_filter", &[("name", &*format!("Filter {n}")), ("filter", "tier=2")]).await;
        }
        member.post("/do/save_filter", &[("name", "One more"), ("filter", "tier=2")]).await;
        let page = member.page("/docket?tier=2").await;
        assert!(
            page.contains("Saved filters (20)") && page.contains("Delete another filter first: you have 20"),
            "{page}"
        );
        let other = app.signed_in("sco-2@demo.example").await;
        assert!(other.page("/docket").await.contains("Saved filters (0)"));
        let delete = [("name", "Second <b>tier"), ("filter", "")];
        assert_eq!(other.post("/do/delete_filter", &delete).await.status(), 404);
        assert_eq!(location(&member.post("/do/delete_filter", &delete).await), "/docket");
        assert!(member.page("/docket").await.contains("Saved filters (19)"));
        assert_eq!(member.post("/do/delete_filter", &delete).await.status(), 404);
        assert!(app.log().await.iter().all(|event| !event.kind.contains("filter")), "a taste, not an act");
    })
    .await;
}

#[tokio::test]
async fn shortcuts_are_on_for_everybody_until_they_switch_them_off() {
    on_both(async |app| {
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page("/docket").await;
        assert!(page.contains("aria-keyshortcuts=\"j\"") && page.contains("Switch keyboard shortcuts off"), "{page}");
        assert_eq!(location(&member.post("/do/set_shortcuts", &[("shortcuts", "off")]).await), "/docket");
        let again = app.signed_in("sco-1@demo.example").await;
        let page = again.page("/docket").await;
        assert!(!page.contains("aria-keyshortcuts") && page.contains("Switch keyboard shortcuts on"), "{page}");
        assert!(app.signed_in("sco-2@demo.example").await.page("/docket").await.contains("aria-keyshortcuts"));
        again.post("/do/set_shortcuts", &[("shortcuts", "on")]).await;
        assert!(again.page("/docket").await.contains("aria-keyshortcuts"));
    })
    .await;
}

#[tokio::test]
async fn what_is_told_once_waits_for_somebody_and_not_for_an_island() {
    on_both(async |app| {
        submitted(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        record(&member, "9", "approve", "Typed of another").await;
        for page in ["/docket?open=PJ-2026-0001&live=1", "/docket?live=1"] {
            let page = member.page(page).await;
            assert!(page.contains("data-live") && !page.contains("Typed of another"), "{page}");
        }
        assert!(member.page(OPEN).await.contains("Typed of another"));
        record(&member, "1", "approve", "").await;
        assert!(!member.page("/docket?live=1").await.contains("is recorded"));
        assert!(!member.page("/cases/PJ-2026-0001?live=1").await.contains("is recorded"));
        assert!(member.page("/docket").await.contains("is recorded"));
    })
    .await;
}

#[tokio::test]
async fn only_members_have_a_docket_and_partners_learn_of_none() {
    on_both(async |app| {
        let partner = submitted(app).await;
        for path in ["/docket", "/docket/approve", "/docket/approve?case=PJ-2026-0001.sco", OPEN] {
            assert_eq!(partner.get(path).await.status(), 404, "{path}");
        }
        let auditor = app.signed_in("auditor@demo.example").await;
        for path in ["/docket", "/docket/approve?case=PJ-2026-0001.sco"] {
            let answer = auditor.get(path).await;
            assert_eq!(answer.status(), 403, "{path}");
            assert!(answer.text().await.unwrap().contains("Only board members have a docket"), "{path}");
        }
        let fields = [("cases[0]", "PJ-2026-0001.sco"), ("revisions[0]", "1"), ("shared_reason", "Because")];
        assert_eq!(auditor.post("/do/approve_selected", &fields).await.status(), 403);
        assert_eq!(partner.post("/do/approve_selected", &fields).await.status(), 404);
        assert_eq!(positions(app).await, 0);
    })
    .await;
}
