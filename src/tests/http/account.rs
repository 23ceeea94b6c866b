//! One's own account: sessions, name, theme.

use chrono::Duration;
use kwanus_service::{Caller, account::disable_person};

use crate::app::{PASSWORD, location, on_both};

#[tokio::test]
async fn a_session_ends_when_idle_and_when_old() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        app.clock.advance(Duration::minutes(89));
        assert_eq!(visitor.get("/docket").await.status(), 200);
        app.clock.advance(Duration::minutes(89));
        assert_eq!(visitor.get("/docket").await.status(), 200, "use keeps it alive");
        app.clock.advance(Duration::minutes(90));
        assert_eq!(visitor.get("/docket").await.status(), 303, "idleness ends it");

        let busy = app.signed_in("sco-1@demo.example").await;
        for _ in 0..11 {
            app.clock.advance(Duration::minutes(60));
            assert_eq!(busy.get("/docket").await.status(), 200);
        }
        app.clock.advance(Duration::minutes(60));
        assert_eq!(busy.get("/docket").await.status(), 303, "and twelve hours end it, however busy");
    })
    .await;
}

#[tokio::test]
async fn an_open_page_alone_keeps_no_session_alive() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        for _ in 0..2 {
            app.clock.advance(Duration::minutes(50));
            let asked = visitor.post_request("/do/list_sessions", &[]).header("origin", &visitor.base);
            asked.header("accept", "application/json").send().await.unwrap();
            drop(visitor.get("/events").await);
        }
        assert_eq!(visitor.get("/docket").await.status(), 303);
    })
    .await;
}

#[tokio::test]
async fn other_sessions_are_shown_and_ended() {
    on_both(async |app| {
        let (here, there, third) = (
            app.signed_in("sco-1@demo.example").await,
            app.signed_in("sco-1@demo.example").await,
            app.signed_in("sco-1@demo.example").await,
        );
        let page = here.page("/account").await;
        assert!(
            page.contains("You are signed in here and in 2 other places.")
                && page.contains("Firefox on Linux")
                && page.contains("192.0.2.1")
        );
        let other = page.split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let stranger = app.signed_in("sco-2@demo.example").await;
        assert_eq!(
            stranger.post("/do/end_session", &[("session", other)]).await.status(),
            404,
            "nobody ends another's session"
        );
        assert_eq!(location(&here.post("/do/end_session", &[("session", other)]).await), "/account");
        let alive = [there.get("/docket").await.status(), third.get("/docket").await.status()];
        assert_eq!(alive.iter().filter(|status| **status == 200).count(), 1);
        here.post("/do/end_other_sessions", &[]).await;
        assert_eq!(
            (there.get("/docket").await.status().as_u16(), third.get("/docket").await.status().as_u16()),
            (303, 303)
        );
        assert!(here.page("/account").await.contains("Your other sessions have ended."));
        assert_eq!(stranger.get("/docket").await.status(), 200);
    })
    .await;
}

#[tokio::test]
async fn a_disabled_person_is_out_at_the_next_request() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        disable_person(&app.db, &Caller::Operator, "sco-1@demo.example").await.unwrap();
        assert_eq!(visitor.get("/docket").await.status(), 303);
        visitor.sign_in("sco-1@demo.example", PASSWORD).await;
        assert_eq!(visitor.get("/docket").await.status(), 303);
    })
    .await;
}

#[tokio::test]
async fn a_theme_lasts_with_and_without_signing_in() {
    on_both(async |app| {
        let visitor = app.visitor();
        assert!(visitor.page("/help").await.contains("data-theme=\"system\""));
        assert_eq!(location(&visitor.post("/do/set_theme", &[("theme", "dark"), ("next", "/help")]).await), "/help");
        assert!(visitor.page("/help").await.contains("data-theme=\"dark\""));
        let elsewhere = app.signed_in("sco-1@demo.example").await;
        elsewhere.post("/do/set_theme", &[("theme", "light")]).await;
        let third = app.signed_in("sco-1@demo.example").await;
        assert!(third.page("/docket").await.contains("data-theme=\"light\""));
        third.post("/do/set_theme", &[("theme", "<script>")]).await;
        assert!(third.page("/docket").await.contains("data-theme=\"system\""));
    })
    .await;
}

#[tokio::test]
async fn an_open_page_hears_that_something_changed_and_nothing_of_what() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        let mut stream = visitor.get("/events").await;
        assert_eq!(stream.headers()["content-type"], "text/event-stream");
        // It may hear of what happened as it was being opened, rather too much than too little; then there is silence.
        let silence = std::time::Duration::from_millis(2500);
        while tokio::time::timeout(silence, stream.chunk()).await.is_ok() {}
        app.signed_in("sco-2@demo.example").await;
        let heard = tokio::time::timeout(std::time::Duration::from_secs(10), stream.chunk())
            .await
            .expect("in time")
            .unwrap()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&heard).trim(), "data: changed");
    })
    .await;
}
