//! Setting and changing passwords.

use chrono::Duration;

use crate::app::{PASSWORD, location, on_both};

const NEW: &str = "plum-orchard-teapot-91";

#[tokio::test]
async fn a_link_sets_a_password_once_within_a_day() {
    on_both(async |app| {
        let path = app.invite("new@kwanus.example").await;
        let token = path.rsplit('/').next().unwrap();
        let visitor = app.visitor();
        assert!(visitor.page(&path).await.contains("new@kwanus.example"));
        for (password, says) in [
            ("short", "Use at least 12 characters"),
            ("PasswordPassword", "lists of stolen passwords"),
            ("new@kwanus.example", "not your name or email address"),
        ] {
            assert_eq!(
                location(&visitor.post("/do/set_password", &[("token", token), ("password", password)]).await),
                path
            );
            let page = visitor.page(&path).await;
            assert!(page.contains(says), "{password}: {page}");
            let field = page.split("name=\"password\"").nth(1).unwrap().split('>').next().unwrap();
            assert!(!field.contains("value"), "{field}");
        }
        let response = visitor.post("/do/set_password", &[("token", token), ("password", NEW)]).await;
        assert_eq!(location(&response), "/sign-in");
        assert!(visitor.page("/sign-in").await.contains("Your password is set."));
        assert_eq!(location(&visitor.sign_in("new@kwanus.example", NEW).await), "/");
        assert_eq!(visitor.get(&path).await.status(), 404, "the link is used up");
        assert_eq!(visitor.post("/do/set_password", &[("token", token), ("password", NEW)]).await.status(), 404);

        let late = app.invite("late@kwanus.example").await;
        app.clock.advance(Duration::hours(24));
        assert_eq!(app.visitor().get(&late).await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn two_who_open_a_link_at_once_do_not_both_set_a_password() {
    on_both(async |app| {
        let path = app.invite("new@kwanus.example").await;
        let token = path.rsplit('/').next().unwrap().to_owned();
        let tries = ["plum-orchard-teapot-91", "quince-harbour-lamp-17"].map(|password| {
            let (visitor, token) = (app.visitor(), token.clone());
            tokio::spawn(async move {
                visitor.post("/do/set_password", &[("token", &token), ("password", password)]).await.status().as_u16()
            })
        });
        let mut statuses = Vec::new();
        for each in tries {
            statuses.push(each.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404]);
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    on_both(async |app| {
        let (here, there) = (app.signed_in("sco-1@demo.example").await, app.signed_in("sco-1@demo.example").await);
        here.post("/do/change_password", &[("current", "not it"), ("password", NEW)]).await;
        assert!(here.page("/account").await.contains("Enter your current password; this is not it"));
        assert_eq!(app.log().await[0].kind, "password_change_failed");
        assert_eq!(there.get("/docket").await.status(), 200);
        here.post("/do/change_password", &[("current", PASSWORD), ("password", NEW)]).await;
        assert!(here.page("/account").await.contains("Your password is changed."));
        assert_eq!(
            (here.get("/docket").await.status().as_u16(), there.get("/docket").await.status().as_u16()),
            (200, 303)
        );
        assert_eq!(location(&app.visitor().sign_in("sco-1@demo.example", PASSWORD).await), "/sign-in");
        assert_eq!(location(&app.visitor().sign_in("sco-1@demo.example", NEW).await), "/");
        assert_eq!(app.log().await.iter().filter(|event| event.kind == "password_changed").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_guesses_the_old_password_of_an_open_browser_without_end() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        for _ in 0..5 {
            assert_eq!(
                visitor.post("/do/change_password", &[("current", "guess"), ("password", NEW)]).await.status(),
                303
            );
        }
        let request = visitor
            .post_request("/do/change_password", &[("current", "guess"), ("password", NEW)])
            .header("origin", &visitor.base)
            .header("referer", format!("{}/account", visitor.base));
        let refused = request.send().await.unwrap();
        assert_eq!(refused.status(), 429);
        assert!(refused.text().await.unwrap().contains("href=\"/account\""), "the page leads back to the form");
    })
    .await;
}
