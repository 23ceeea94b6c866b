//! Meetings of boards: planned, cases deferred to them, held, minuted and approved; partners never learn of them.

use chrono::Duration;
use kwanus_store::account::person;

use crate::{
    app::{TestApp, Visitor, location, on_both},
    diligence::cell,
    review::{approve, say},
    submission::submitted,
};

const CASE: &str = "PJ-2026-0001";
const LIST: &str = "/boards/sco/meetings";
const PAGE: &str = "/boards/sco/meetings/2026-12-01";
const MINUTES: &str = "/boards/sco/meetings/2026-12-01/minutes";

async fn member(app: &TestApp, name: &str) -> Visitor {
    app.signed_in(&format!("{name}@demo.example")).await
}

async fn id(app: &TestApp, name: &str) -> String {
    let email = kwanus_domain::account::Email::parse(&format!("{name}@demo.example")).unwrap();
    person::lookup_by_email(&mut app.db.read().await.unwrap(), &email).await.unwrap().unwrap().id.to_string()
}

/// Does something about the meeting; answers how that was answered, and where it leads.
async fn act(visitor: &Visitor, verb: &str, more: &[(&str, &str)]) -> (u16, String) {
    let fields = [&[("board", "sco"), ("day", "2026-12-01")], more].concat();
    let answer = visitor.post(&format!("/do/{verb}"), &fields).await;
    (answer.status().as_u16(), location(&answer))
}

async fn defer(visitor: &Visitor, reason: &str) -> u16 {
    let fields = [("case", CASE), ("board", "sco"), ("reason", reason)];
    visitor.post("/do/defer_case", &fields).await.status().as_u16()
}

/// A meeting of SCO on 1 December 2026, whose minutes `sco-1` keeps.
async fn planned(app: &TestApp) -> Visitor {
    let chair = member(app, "sco-chair").await;
    let secretary = id(app, "sco-1").await;
    let fields =
        [("board", "sco"), ("date", "2026-12-01"), ("time", "14:00"), ("place", "Room 4"), ("secretary", &*secretary)];
    assert_eq!(location(&chair.post("/do/plan_meeting", &fields).await), PAGE);
    chair
}

/// The same, held with `sco-2` and `sco-3` present; its secretary.
async fn held(app: &TestApp) -> Visitor {
    app.clock.advance(Duration::days(13) + Duration::hours(8));
    let secretary = member(app, "sco-1").await;
    assert_eq!(act(&secretary, "hold_meeting", &[]).await, (303, MINUTES.to_owned()));
    let (two, three) = (id(app, "sco-2").await, id(app, "sco-3").await);
    let present = [("present[0]", &*two), ("present[1]", &*three)];
    assert_eq!(act(&secretary, "set_attendance", &present).await, (303, MINUTES.to_owned()));
    secretary
}

async fn record(visitor: &Visitor, member: &str, position: &str, reason: &str) -> (u16, String) {
    let fields = [
        ("member", member),
        ("case", CASE),
        ("revision", "1"),
        ("position", position),
        ("reason", reason),
        ("concerns[0]", "what it reads"),
    ];
    act(visitor, "record_position", &fields).await
}

#[tokio::test]
async fn a_case_is_deferred_talked_about_recorded_decided_and_the_minutes_are_approved() {
    on_both(async |app| {
        submitted(app).await;
        let chair = planned(app).await;
        let page = member(app, "sco-2").await.page("/inbox").await;
        assert!(page.contains("SCO meets on Tue 1 Dec 2026"), "{page}");

        // Deferred once without the chair, and with it always; no date moves.
        let case = format!("/cases/{CASE}");
        let deferrer = member(app, "sco-4").await;
        assert!(deferrer.page(&case).await.contains("Defer to the next meeting"));
        assert_eq!(defer(&deferrer, " ").await, 303);
        let wrong = deferrer.page(&case).await;
        assert!(wrong.contains("Give a reason") && wrong.contains("href=\"#deferral\""), "{wrong}");
        assert_eq!(defer(&deferrer, "The log must be *looked* at").await, 303);
        let page = deferrer.page(&case).await;
        assert!(page.contains("SCO meeting of Tue 1 Dec 2026") && page.contains("must be *looked* at"), "{page}");
        assert!(page.contains("Wed 2 Dec 2026, 17:00 UTC"), "its ballot closes when it would have: {page}");
        assert_eq!(defer(&deferrer, "Again").await, 303);
        assert!(deferrer.page(&case).await.contains("is deferred to the meeting of Tue 1 Dec 2026 already"));
        let stranger = member(app, "tsc-1").await;
        assert_eq!(defer(&stranger, "Not ours").await, 403);
        let told = member(app, "sco-3").await.page("/inbox").await;
        assert!(told.contains("PJ-2026-0001 is deferred to the next meeting of SCO"), "{told}");

        let agenda = stranger.page(PAGE).await;
        assert!(agenda.contains("1. PJ-2026-0001") && agenda.contains("Deferred"), "{agenda}");
        assert!(agenda.contains("SCO and TSC each need 3 approvals") || agenda.contains("approvals"), "{agenda}");
        assert_eq!(act(&chair, "hold_meeting", &[]).await.0, 303);
        assert!(chair.page(PAGE).await.contains("The meeting begins on Tue 1 Dec 2026, 14:00 UTC"));

        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        approve(app, "sco", "1", &["4"]).await;
        let secretary = held(app).await;
        let page = secretary.page(&format!("{MINUTES}?item={CASE}")).await;
        assert!(page.contains("Record the position of") && page.contains("Who was present?"), "{page}");
        let (two, three) = (id(app, "sco-2").await, id(app, "sco-3").await);
        let form = secretary.page(&format!("{MINUTES}?item={CASE}&member={two}")).await;
        assert!(form.contains("action=\"/do/record_position\"") && form.contains("You record what"), "{form}");
        // The same rules as of one's own position, and what was typed is kept.
        let back = record(&secretary, &two, "object", " ").await;
        assert_eq!(back, (303, format!("{MINUTES}?item={CASE}&member={two}")));
        let wrong = secretary.page(&back.1).await;
        assert!(wrong.contains("href=\"#reason-sco\"") && wrong.contains("value=\"what it reads\""), "{wrong}");
        assert_eq!(record(&secretary, &two, "approve", "Said aloud").await.0, 303);
        let page = secretary.page(&case).await;
        assert!(page.contains("recorded by") && page.contains("meeting of Tue 1 Dec 2026"), "{page}");
        let told = member(app, "sco-2").await.page("/inbox").await;
        assert!(told.contains("PJ-2026-0001: your position for SCO was recorded for you"), "{told}");
        let page = member(app, "sco-2").await.page("/boards/sco/diligence").await;
        assert_eq!(cell(&page, "", "Positions"), "0", "what was recorded for them says nothing of their reading");
        let note = [("case", CASE), ("note", "# Forged\n\nThe *log* was shown.")];
        assert_eq!(act(&secretary, "set_minutes_note", &note).await.0, 303);
        assert_eq!(record(&secretary, &three, "approve", "").await.0, 303);
        let page = secretary.page(MINUTES).await;
        assert!(page.contains("PJ-2026-0001 is decided: carried."), "{page}");
        let kinds: Vec<_> = app.log().await.into_iter().map(|event| event.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| *kind == "position_recorded").count(), 2);
        assert!(kinds.iter().any(|kind| kind == "minutes_written"), "{kinds:?}");

        // Its chair approves it, and nothing in it changes from then on. Two weeks end every session.
        let (chair, stranger) = (member(app, "sco-chair").await, member(app, "tsc-1").await);
        assert_eq!(act(&secretary, "approve_minutes", &[]).await.0, 403);
        assert_eq!(act(&chair, "approve_minutes", &[]).await, (303, MINUTES.to_owned()));
        assert_eq!(act(&secretary, "set_minutes_note", &note).await.0, 303);
        let page = secretary.page(&format!("{MINUTES}?item={CASE}")).await;
        assert!(page.contains("Minutes approved") && !page.contains("Save the note"), "{page}");
        assert_eq!(act(&secretary, "set_attendance", &[]).await.0, 303);
        assert!(secretary.page(MINUTES).await.contains("nothing in them changes any more"));

        let file = stranger.get(&format!("{MINUTES}.md")).await;
        assert_eq!(file.headers()["content-type"], "text/markdown; charset=utf-8");
        assert_eq!(file.headers()["content-disposition"], "attachment; filename=\"sco-2026-12-01-minutes.md\"");
        let text = file.text().await.unwrap();
        assert!(text.contains("> \\# Forged") && text.contains("\\*log\\*"), "{text}");
        assert!(text.contains("- Deferred by ") && text.contains("\\*looked\\*"), "{text}");
        assert!(text.contains(": Approve, recorded by ") && text.contains("Said aloud"), "{text}");
        let agenda = stranger.get(&format!("{PAGE}/agenda.md")).await.text().await.unwrap();
        assert!(agenda.starts_with("# Agenda: ") && !agenda.contains("Forged"), "{agenda}");
        let packet = stranger.page(&format!("{PAGE}/packet")).await;
        assert!(packet.contains("packet-case") && packet.contains("read:items.status"), "{packet}");
    })
    .await;
}

#[tokio::test]
async fn positions_are_recorded_by_the_secretary_alone_and_for_members_who_were_present_and_take_part() {
    on_both(async |app| {
        submitted(app).await;
        planned(app).await;
        let own = [("partner", "orbit-crm"), ("relation", "employment"), ("from", "2026-01-01"), ("note", "")];
        let recused = member(app, "sco-3").await;
        assert_eq!(recused.post("/do/declare_conflict", &own).await.status(), 303);
        assert_eq!(defer(&recused, "Mine").await, 403);
        assert_eq!(defer(&member(app, "sco-4").await, "A secret reason").await, 303);
        let page = recused.page(PAGE).await;
        assert!(page.contains("You take no part in this case") && !page.contains("A secret reason"), "{page}");
        let (one, two) = (id(app, "sco-1").await, id(app, "sco-2").await);
        let early = member(app, "sco-1").await;
        assert_eq!(record(&early, &two, "approve", "").await.0, 303, "not held yet");

        let secretary = held(app).await;
        let chair = member(app, "sco-chair").await;
        let (three, four) = (id(app, "sco-3").await, id(app, "sco-4").await);
        assert_eq!(record(&secretary, &four, "approve", "").await.0, 403, "absent");
        assert_eq!(record(&secretary, &three, "approve", "").await.0, 403, "in conflict");
        assert_eq!(record(&secretary, &one, "approve", "").await.0, 403, "oneself");
        for other in ["sco-2", "sco-chair", "tsc-1", "admin", "auditor"] {
            let other = member(app, other).await;
            assert_eq!(record(&other, &two, "approve", "").await.0, 403);
            assert_eq!(act(&other, "set_attendance", &[]).await.0, 403);
        }
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        assert_eq!(record(&partner, &two, "approve", "").await.0, 404);
        for page in [LIST, PAGE, MINUTES] {
            assert_eq!(partner.get(page).await.status(), 404, "{page}");
        }
        assert_eq!(partner.get(&format!("{PAGE}/agenda.md")).await.status(), 404);
        assert!(app.log().await.iter().all(|event| event.kind != "position_recorded"));

        // Recorded, it is the member's own, who takes another in its place; and they were present.
        assert_eq!(record(&secretary, &two, "abstain", "").await.0, 303);
        assert_eq!(act(&secretary, "set_attendance", &[]).await.0, 303);
        assert!(secretary.page(MINUTES).await.contains("was recorded at this meeting: they were present"));
        assert_eq!(say(&member(app, "sco-2").await, "sco", "1", "approve", "").await, 303);
        assert!(!chair.page(&format!("/cases/{CASE}")).await.contains("recorded by"));
        assert_eq!(act(&chair, "approve_minutes", &[]).await.0, 303);
        record(&secretary, &two, "abstain", "").await;
        assert_eq!(app.log().await.iter().filter(|event| event.kind == "position_recorded").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_board_meets_once_a_day_and_what_was_typed_of_a_meeting_is_kept() {
    on_both(async |app| {
        submitted(app).await;
        let chair = planned(app).await;
        let typed = [("board", "sco"), ("date", "2026-12-01"), ("time", "noon"), ("place", "")];
        assert_eq!(location(&chair.post("/do/plan_meeting", &typed).await), LIST);
        let page = chair.page(LIST).await;
        assert!(page.contains("href=\"#time\"") && page.contains("href=\"#place\""), "{page}");
        assert!(page.contains("value=\"noon\"") && page.contains("value=\"2026-12-01\""), "{page}");
        let twice = [("board", "sco"), ("date", "2026-12-01"), ("time", "09:00"), ("place", "Room 5")];
        chair.post("/do/plan_meeting", &twice).await;
        assert!(chair.page(LIST).await.contains("The board has a meeting on that day"));
        let stranger = member(app, "tsc-chair").await;
        assert_eq!(stranger.post("/do/plan_meeting", &twice).await.status(), 403);

        // An administrator moves it, and names nobody; what was deferred goes with it.
        assert_eq!(defer(&member(app, "sco-4").await, "Look at it").await, 303);
        let admin = member(app, "admin").await;
        let moved = [
            ("revision", "1"),
            ("date", "2026-12-02"),
            ("time", "10:30"),
            ("place", "https://meet.example/sco"),
            ("secretary", ""),
        ];
        let next = "/boards/sco/meetings/2026-12-02";
        assert_eq!(act(&admin, "reschedule_meeting", &moved).await, (303, next.to_owned()));
        let page = admin.page(next).await;
        assert!(page.contains("10:30 UTC") && page.contains("1. PJ-2026-0001"), "{page}");
        assert!(!page.contains("Not named"), "its secretary stays: {page}");
        assert_eq!(admin.get(PAGE).await.status(), 404);
        let cancel = [("board", "sco"), ("day", "2026-12-02"), ("reason", "Nobody is there")];
        assert_eq!(location(&chair.post("/do/cancel_meeting", &cancel).await), next);
        let page = chair.page(next).await;
        assert!(page.contains("It was cancelled: Nobody is there"), "{page}");
        let page = chair.page(&format!("/cases/{CASE}")).await;
        assert!(!page.contains("SCO meeting of"), "nothing is deferred to it any more: {page}");
        assert_eq!(defer(&chair, "Once more").await, 303);
        assert!(chair.page(&format!("/cases/{CASE}")).await.contains("SCO has no meeting planned"));
    })
    .await;
}
