//! Positions besides a plain yes: named conditions, concerns with their threads, recusal, and how a ballot ends.

use chrono::Duration;
use kwanus_service::{Caller, ballot};

use crate::{
    app::{TestApp, Visitor, location, on_both},
    review::{approve, say},
    submission::{revised, submitted},
};

const CASE: &str = "PJ-2026-0001";
const PAGE: &str = "/cases/PJ-2026-0001";
const OWN: &str = "/submissions/PJ-2026-0001";

/// Says something about a concern, or overrules it.
async fn about(visitor: &Visitor, verb: &str, number: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let fields = [&[("case", CASE), ("concern", number)], fields].concat();
    let answer = visitor.post(&format!("/do/{verb}"), &fields).await;
    (answer.status().as_u16(), location(&answer))
}

async fn member(app: &TestApp, name: &str) -> Visitor {
    app.signed_in(&format!("{name}@demo.example")).await
}

fn typed<'f>(position: &'f str, reason: &'f str, more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let fields = [("case", CASE), ("board", "tsc"), ("revision", "1"), ("position", position), ("reason", reason)];
    [&fields, more].concat()
}

#[tokio::test]
async fn a_concern_is_named_answered_by_the_partner_and_resolved_by_who_raised_it() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let raiser = member(app, "tsc-4").await;
        let concerns = [("concerns[0]", "token lifetime"), ("abouts[0]", "read:items.status"), ("concerns[1]", "")];
        raiser.post("/do/take_position", &typed("object", "It lives for a year", &concerns)).await;
        let page = raiser.page(PAGE).await;
        assert!(page.contains("1. token lifetime") && page.contains("Open, holds TSC"), "{page}");
        assert!(page.contains("permission 1") && page.contains("Resolve concern 1"), "{page}");
        let own = partner.page(OWN).await;
        assert!(own.contains("1. token lifetime") && own.contains("It lives for a year"), "{own}");
        assert!(!own.contains("Ferri"), "a partner knows boards, and never their members: {own}");

        assert_eq!(about(&partner, "answer_concern", "1", &[("text", " ")]).await.0, 303);
        let own = partner.page(OWN).await;
        assert!(own.contains("Write what you want to say") && own.contains("href=\"#concern-text-1\""), "{own}");
        let answered = about(&partner, "answer_concern", "1", &[("text", "An hour from now on")]).await;
        assert_eq!(answered, (303, format!("{OWN}#concern-1")));
        let colleague = member(app, "sco-2").await;
        about(&colleague, "reply_concern", "1", &[("text", "That is enough for SCO")]).await;
        let own = partner.page(OWN).await;
        assert!(own.contains("That is enough for SCO") && !own.contains("sco-2"), "{own}");
        assert!(colleague.page(PAGE).await.contains("An hour from now on"));

        // Only who raised it says that it is answered.
        for name in ["tsc-1", "tsc-chair", "sco-2"] {
            let other = member(app, name).await;
            assert!(!other.page(PAGE).await.contains("Resolve concern 1"), "{name}");
            assert_eq!(about(&other, "resolve_concern", "1", &[]).await.0, 403, "{name}");
        }
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        assert_eq!(about(&raiser, "resolve_concern", "1", &[]).await.0, 303);
        let page = raiser.page(PAGE).await;
        assert!(page.contains("Concern 1 is resolved. PJ-2026-0001 is decided: carried."), "{page}");
        assert!(page.contains("Resolved Wed 18 Nov 2026"), "what was said stays: {page}");
        assert_eq!(about(&raiser, "resolve_concern", "1", &[]).await.0, 303);
        assert!(raiser.page(PAGE).await.contains("was decided meanwhile"));
    })
    .await;
}

#[tokio::test]
async fn two_thirds_of_a_board_overrule_a_concern_with_reasons() {
    on_both(async |app| {
        submitted(app).await;
        let raiser = member(app, "tsc-4").await;
        say(&raiser, "tsc", "1", "object", "It reads too much").await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        assert_eq!(about(&raiser, "overrule_concern", "1", &[("reason", "Mine")]).await.0, 403, "nobody their own");
        let stranger = member(app, "sco-1").await;
        assert_eq!(about(&stranger, "overrule_concern", "1", &[("reason", "Not ours")]).await.0, 403);
        let first = member(app, "tsc-1").await;
        about(&first, "overrule_concern", "1", &[("reason", " ")]).await;
        let page = first.page(PAGE).await;
        assert!(page.contains("Give a reason") && page.contains("href=\"#concern-reason-1\""), "{page}");
        // Said twice, it counts once: four of five are two thirds.
        for name in ["tsc-1", "tsc-1", "tsc-2", "tsc-3"] {
            let reason = [("reason", "The field is what the screen shows")];
            assert_eq!(about(&member(app, name).await, "overrule_concern", "1", &reason).await.0, 303, "{name}");
        }
        let page = first.page(PAGE).await;
        assert!(page.contains("3 of 4 who overrule it"), "{page}");
        about(&member(app, "tsc-chair").await, "overrule_concern", "1", &[("reason", "So it is")]).await;
        let page = first.page(PAGE).await;
        assert!(page.contains("Overruled Wed 18 Nov 2026") && page.contains("Carried"), "{page}");
        assert!(page.contains("Two thirds of the board") && page.contains("So it is"), "{page}");
        assert_eq!(app.log().await.iter().filter(|event| event.kind == "decided").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_shares_a_concern_holds_it_when_its_raiser_lets_go_and_it_is_dropped_with_the_last() {
    on_both(async |app| {
        submitted(app).await;
        let (raiser, second) = (member(app, "tsc-4").await, member(app, "tsc-3").await);
        raiser.post("/do/take_position", &typed("object", "Too much", &[("concerns[0]", "scope")])).await;
        assert!(second.page(PAGE).await.contains("1. scope, raised by Paolo Ferri"));
        second.post("/do/take_position", &typed("object", "So it is", &[("held[0]", "1")])).await;
        let page = second.page(PAGE).await;
        assert!(page.contains("Shared by") && page.contains("TSC: Paolo Ferri’s concern “scope” is open"), "{page}");
        say(&raiser, "tsc", "1", "approve", "").await;
        assert!(raiser.page(PAGE).await.contains("Open, holds TSC"), "whoever shares it holds it");
        say(&second, "tsc", "1", "abstain", "").await;
        let page = second.page(PAGE).await;
        assert!(page.contains("Dropped Wed 18 Nov 2026"), "{page}");
        // One that is not open cannot be shared.
        second.post("/do/take_position", &typed("object", "Again", &[("held[0]", "1")])).await;
        let page = second.page(PAGE).await;
        assert!(page.contains("Choose from the concerns that are open") && page.contains("Again"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_of_concerns_and_conditions_is_kept_where_something_is_wrong() {
    on_both(async |app| {
        submitted(app).await;
        let visitor = member(app, "tsc-1").await;
        let raised = [("concerns[0]", "scope"), ("concerns[1]", "rollback"), ("abouts[0]", "read:items.raw")];
        visitor.post("/do/take_position", &typed("object", "Typed at length", &raised)).await;
        let page = visitor.page(PAGE).await;
        assert!(page.contains("Choose the whole case, or one of the permissions"), "{page}");
        assert!(page.contains("value=\"scope\"") && page.contains("value=\"rollback\""), "{page}");
        assert!(page.contains("Typed at length") && page.contains("href=\"#about-tsc\""), "{page}");
        let named = [("conditions[0]", "Show the log"), ("dues[0]", "2026-11-17"), ("owners[0]", "")];
        visitor.post("/do/take_position", &typed("approve_with_conditions", "", &named)).await;
        let page = visitor.page(PAGE).await;
        assert!(page.contains("Enter a day that is not over yet") && page.contains("href=\"#due-tsc\""), "{page}");
        assert!(page.contains("Show the log") && page.contains("value=\"2026-11-17\""), "{page}");
        let auditor = "00000000-0000-7000-8000-000000000000";
        let named = [("conditions[0]", "Show the log"), ("dues[0]", "2026-12-17"), ("owners[0]", auditor)];
        visitor.post("/do/take_position", &typed("approve_with_conditions", "", &named)).await;
        assert!(visitor.page(PAGE).await.contains("Choose a member of the board who takes part"));
        assert!(app.log().await.iter().all(|event| event.kind != "position_taken"));
    })
    .await;
}

#[tokio::test]
async fn an_approval_with_conditions_counts_and_its_conditions_stand_in_the_record() {
    on_both(async |app| {
        submitted(app).await;
        let first = member(app, "tsc-1").await;
        let named = [("conditions[0]", "Show the deletion log"), ("dues[0]", "2027-01-29"), ("owners[0]", "")];
        first.post("/do/take_position", &typed("approve_with_conditions", "", &named)).await;
        let page = first.page(PAGE).await;
        assert!(page.contains("Conditions so far") && page.contains("Show the deletion log"), "{page}");
        assert!(page.contains("Fri 29 Jan 2027") && page.contains("TSC needs 2 more approvals"), "{page}");
        approve(app, "tsc", "1", &["2", "3"]).await;
        let page = first.page(PAGE).await;
        assert!(page.contains("Carries, with conditions"), "{page}");
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        let page = first.page(PAGE).await;
        assert!(page.contains("0 of 1 met") && page.contains("Show the deletion log"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn who_recuses_leaves_the_count_sees_no_discussion_and_may_come_back() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let raiser = member(app, "tsc-4").await;
        say(&raiser, "tsc", "1", "object", "It reads too much").await;
        let visitor = member(app, "tsc-1").await;
        say(&visitor, "tsc", "1", "recuse", "").await;
        assert!(visitor.page(PAGE).await.contains("Say why you take no part"));
        say(&visitor, "tsc", "1", "recuse", "I worked for them until June").await;
        let page = visitor.page(PAGE).await;
        for hidden in ["It reads too much", "what it reads", "objected to revision"] {
            assert!(!page.contains(hidden), "{hidden}: {page}");
        }
        assert!(page.contains("You recused yourself") && !page.contains("TSC’s concern"), "{page}");
        assert!(raiser.page(PAGE).await.contains("Recused: "));
        assert_eq!(about(&visitor, "reply_concern", "1", &[("text", "Still here")]).await.0, 403);
        assert_eq!(about(&visitor, "overrule_concern", "1", &[("reason", "Still here")]).await.0, 403);
        // A recusal is of the case: another revision does not ask again.
        revised(&partner, "To show which debts are still open").await;
        assert!(visitor.page("/docket").await.contains("No case needs your position"));
        // Of four, three are a majority.
        approve(app, "tsc", "2", &["2", "3"]).await;
        assert!(member(app, "tsc-2").await.page(PAGE).await.contains("TSC needs 1 more approval"));
        assert_eq!(say(&visitor, "tsc", "2", "approve", "I did not after all").await, 303);
        let page = visitor.page(PAGE).await;
        assert!(page.contains("what it reads") && !page.contains("You recused yourself"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_chair_closes_a_ballot_after_its_date_and_only_as_declined() {
    on_both(async |app| {
        submitted(app).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        approve(app, "sco", "1", &["1", "2"]).await;
        let chair = member(app, "sco-chair").await;
        let close = async |visitor: &Visitor, board: &str, reason: &str| {
            let fields = [("case", CASE), ("board", board), ("reason", reason)];
            visitor.post("/do/close_ballot", &fields).await.status().as_u16()
        };
        assert!(!chair.page(PAGE).await.contains("Close the ballot of"));
        assert_eq!(close(&chair, "sco", "Too slow").await, 303);
        assert!(chair.page(PAGE).await.contains("can be closed once its date has passed"));
        app.clock.advance(Duration::days(15));
        let plain = member(app, "sco-1").await;
        assert_eq!(close(&plain, "sco", "Too slow").await, 403, "a member is no chair");
        let other = member(app, "tsc-chair").await;
        assert_eq!(close(&other, "sco", "Too slow").await, 403, "another board's chair is none of this one");
        close(&other, "tsc", "Done").await;
        assert!(other.page(PAGE).await.contains("TSC carries it: there is nothing to close"));
        let chair = member(app, "sco-chair").await;
        assert!(chair.page(PAGE).await.contains("Close the ballot of"));
        close(&chair, "sco", " ").await;
        assert!(chair.page(PAGE).await.contains("href=\"#closing\""));
        close(&chair, "sco", "Nobody found the time").await;
        let page = chair.page(PAGE).await;
        assert!(page.contains("The ballot is closed. PJ-2026-0001 is decided: declined."), "{page}");
        assert!(page.contains("Nobody found the time") && page.contains("closed by its chair"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn the_board_with_the_final_word_serves_for_one_of_too_few() {
    on_both(async |app| {
        submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        for name in ["tsc-1", "tsc-2", "tsc-3"] {
            assert_eq!(say(&member(app, name).await, "tsc", "1", "recuse", "A client of ours").await, 303);
        }
        let cgb = member(app, "cgb-1").await;
        assert!(cgb.page("/docket").await.contains("No case needs your position"));
        say(&member(app, "tsc-4").await, "tsc", "1", "recuse", "A client of mine").await;
        let page = cgb.page(PAGE).await;
        assert!(page.contains("CGB needs 3 more approvals") && page.contains("served by the final word"), "{page}");
        assert!(page.contains("decides for TSC too"), "{page}");
        assert!(cgb.page("/docket").await.contains("Orbit CRM: Client Timeline"));
        approve(app, "cgb", "1", &["1", "2", "3"]).await;
        let page = cgb.page(PAGE).await;
        assert!(page.contains("Carried, Wed 18 Nov 2026"), "{page}");
        assert_eq!(app.log().await.iter().filter(|event| event.kind == "ballot_served").count(), 1);
        assert_eq!(ballot::settle_due(&app.db, &Caller::Operator).await.unwrap(), 0);
    })
    .await;
}
