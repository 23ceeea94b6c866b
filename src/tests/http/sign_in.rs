//! Signing in and out.

use chrono::Duration;

use crate::app::{PASSWORD, cookie, location, on_both};

#[tokio::test]
async fn a_session_begins_with_a_new_id_in_a_cookie_that_scripts_cannot_read() {
    on_both(async |app| {
        let visitor = app.visitor();
        let before = cookie(&visitor.sign_in("sco-1@demo.example", "wrong password").await)
            .expect("a session that remembers the address");
        let response = visitor.sign_in("sco-1@demo.example", PASSWORD).await;
        let after = cookie(&response).expect("a session");
        let value = |cookie: &str| cookie.split(['=', ';']).nth(1).unwrap().to_owned();
        assert_ne!(value(&before), value(&after));
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(after.contains(attribute), "{after}");
        }
        assert_eq!(visitor.get("/docket").await.status(), 200);
        let thief = app.visitor();
        let stolen =
            thief.client.get(format!("{}/docket", thief.base)).header("cookie", format!("kwanus={}", value(&before)));
        assert_eq!(stolen.send().await.unwrap().status(), 303, "the id from before signing in is worth nothing");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_person_and_a_wrong_password_get_one_answer() {
    on_both(async |app| {
        let mut pages = Vec::new();
        for email in ["sco-1@demo.example", "nobody@demo.example"] {
            let visitor = app.visitor();
            let response = visitor.sign_in(email, "not the password").await;
            assert_eq!((response.status().as_u16(), location(&response)), (303, "/sign-in".into()));
            let page = visitor.page("/sign-in").await;
            pages.push(page.split("Try it as").next().unwrap().replace(email, "…"));
        }
        assert!(pages[0].contains("The email address or the password is not right") && pages[0].contains("Error: "));
        assert_eq!(pages[0], pages[1]);
        let log = app.log().await;
        assert_eq!(
            (log[0].kind.as_str(), log[0].subject_id, log[0].details.0.to_string()),
            ("sign_in_failed", None, "{\"wait_seconds\":0}".into())
        );
        assert!(log[1].subject_id.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_is_kept_but_for_the_password() {
    on_both(async |app| {
        let visitor = app.visitor();
        visitor.post("/do/sign_in", &[("email", "Not An Address"), ("password", "hunter2hunter2")]).await;
        let page = visitor.page("/sign-in").await;
        assert!(page.contains("Not An Address") && page.contains("Enter an email address, like name@example.com"));
        assert!(!page.contains("hunter2"));
        assert!(!visitor.page("/sign-in").await.contains("Not An Address"), "it is shown once");
    })
    .await;
}

#[tokio::test]
async fn a_guesser_waits_longer_and_longer_while_the_rightful_person_signs_in_elsewhere() {
    on_both(async |app| {
        for email in ["sco-1@demo.example", "nobody@demo.example"] {
            let guesser = app.visitor_from("198.51.100.66");
            for _ in 0..5 {
                assert_eq!(guesser.sign_in(email, "guess guess guess").await.status(), 303);
            }
            assert_eq!(app.log().await[0].details.0["wait_seconds"], 1, "the log tells the wait");
            let refused = guesser.sign_in(email, PASSWORD).await;
            assert_eq!(refused.status(), 429, "even the right password waits");
            assert!(refused.headers().contains_key("retry-after"));
            assert!(refused.text().await.unwrap().contains("Too many attempts"));
            assert!(guesser.page("/sign-in").await.contains(email), "the address is kept");
            app.clock.advance(Duration::seconds(2));
            assert_eq!(
                guesser.sign_in(email, "guess guess guess").await.status(),
                303,
                "and after the wait one more try"
            );
        }
        let rightful = app.visitor_from("203.0.113.5");
        assert_eq!(location(&rightful.sign_in("sco-1@demo.example", PASSWORD).await), "/");
    })
    .await;
}

#[tokio::test]
async fn a_thousand_guesses_at_once_are_counted_before_they_are_known_to_be_wrong() {
    on_both(async |app| {
        let guesser = app.visitor_from("198.51.100.66");
        let tries = (0..30).map(|_| {
            let guesser = guesser.clone();
            tokio::spawn(
                async move { guesser.sign_in("sco-1@demo.example", "guess guess guess").await.status().as_u16() },
            )
        });
        let mut statuses = Vec::new();
        for each in tries.collect::<Vec<_>>() {
            statuses.push(each.await.unwrap());
        }
        let count = statuses.iter().filter(|status| **status == 303).count();
        assert!((5..=6).contains(&count), "{statuses:?}");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_right_is_counted_as_well_and_the_first_refusal_is_logged() {
    on_both(async |app| {
        let mut statuses = Vec::new();
        for _ in 0..8 {
            // No cookie is kept: each time somebody new.
            statuses.push(app.visitor_from("198.51.100.66").sign_in("", "").await.status().as_u16());
        }
        assert_eq!(statuses, [303, 303, 303, 303, 303, 429, 429, 429]);
        let refused = app.log().await.iter().filter(|event| event.kind == "attempt_refused").count();
        assert_eq!(refused, 1, "the first refusal of the wait");
    })
    .await;
}

#[tokio::test]
async fn whoever_signs_in_over_a_session_ends_it_and_the_log_says_so() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        visitor.sign_in("sco-2@demo.example", PASSWORD).await;
        let kinds: Vec<_> = app.log().await.into_iter().take(3).map(|event| event.kind).collect();
        assert_eq!(kinds, ["signed_out", "signed_in", "signed_in"]);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session_and_is_logged() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        assert_eq!(location(&visitor.post("/do/sign_out", &[]).await), "/sign-in");
        assert_eq!(visitor.get("/docket").await.status(), 303);
        let kinds: Vec<_> = app.log().await.into_iter().take(2).map(|event| event.kind).collect();
        assert_eq!(kinds, ["signed_out", "signed_in"]);
    })
    .await;
}

#[tokio::test]
async fn signing_in_leads_on_within_this_site_only() {
    on_both(async |app| {
        for (next, leads) in
            [("/account", "/account"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/")]
        {
            let fields = [("email", "sco-1@demo.example"), ("password", PASSWORD), ("next", next)];
            assert_eq!(location(&app.visitor().post("/do/sign_in", &fields).await), leads, "{next}");
        }
    })
    .await;
}
