//! The memory of forms: nothing typed is lost, and nobody else sees it.

use chrono::Duration;

use crate::app::{PASSWORD, location, on_both};

const TYPED: &str = "Priya \u{202E}<script>alert(1)</script> Raman";
/// The same as it stands in a page: inert.
const SHOWN: &str = "Priya \u{202E}&lt;script&gt;alert(1)&lt;/script&gt; Raman";

fn shows(page: &str) -> bool {
    page.contains(SHOWN) || page.contains("Priya \u{202E}<script>alert(1)</script> Raman\"")
}

#[tokio::test]
async fn a_failed_form_comes_back_once_with_what_was_typed_and_what_is_wrong() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        let response = visitor.post("/do/change_name", &[("name", TYPED), ("revision", "1")]).await;
        assert_eq!(
            (response.status().as_u16(), location(&response)),
            (303, "/account".into()),
            "nothing of it stands in the address"
        );
        let page = visitor.page("/account").await;
        assert!(shows(&page), "{page}");
        assert!(page.contains("Remove the invisible characters") && page.contains("<title>Error: Account"));
        assert!(
            page.contains("There is 1 problem")
                && page.contains("href=\"#name\"")
                && page.contains("aria-invalid=\"true\"")
        );
        let again = visitor.page("/account").await;
        assert!(!shows(&again) && !again.contains("There is 1 problem"));
    })
    .await;
}

#[tokio::test]
async fn a_stale_form_says_what_changed_and_keeps_what_was_typed() {
    on_both(async |app| {
        let (one, other) = (app.signed_in("sco-1@demo.example").await, app.signed_in("sco-1@demo.example").await);
        assert_eq!(
            location(&one.post("/do/change_name", &[("name", "Priya R."), ("revision", "1")]).await),
            "/account"
        );
        assert!(one.page("/account").await.contains("Your name is changed."));
        other.post("/do/change_name", &[("name", "P. Raman-Iyer"), ("revision", "1")]).await;
        let page = other.page("/account").await;
        assert!(page.contains("Your name was changed to “Priya R.” while you were writing"), "{page}");
        assert!(page.contains("value=\"P. Raman-Iyer\"") && page.contains("name=\"revision\" value=\"2\""));
        other.post("/do/change_name", &[("name", "P. Raman-Iyer"), ("revision", "2")]).await;
        assert!(one.page("/account").await.contains("value=\"P. Raman-Iyer\""));
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_as_the_session_ended_waits_for_the_same_person_only() {
    on_both(async |app| {
        for (email, is_theirs) in [("sco-1@demo.example", true), ("sco-2@demo.example", false)] {
            for how in ["idle", "idle, and another tab was looked at", "a weekend", "ended elsewhere"] {
                let visitor = app.signed_in("sco-1@demo.example").await;
                match how {
                    "ended elsewhere" => {
                        app.signed_in("sco-1@demo.example").await.post("/do/end_other_sessions", &[]).await;
                    }
                    "a weekend" => {
                        app.clock.advance(Duration::days(3));
                        kwanus_service::session::purge(&app.db).await.unwrap();
                    }
                    _ => app.clock.advance(Duration::hours(2)),
                }
                if how.contains("another tab") {
                    assert_eq!(location(&visitor.get("/docket").await), "/sign-in?next=/docket");
                    assert!(visitor.page("/sign-in?next=/docket").await.contains("You are signed out."));
                }
                let response = visitor.post("/do/change_name", &[("name", TYPED), ("revision", "1")]).await;
                assert_eq!(location(&response), "/sign-in?next=/account", "{how}");
                assert!(!shows(&visitor.page("/sign-in?next=/account").await), "nobody who has not signed in sees it");
                let fields = [("email", email), ("password", PASSWORD), ("next", "/account")];
                assert_eq!(location(&visitor.post("/do/sign_in", &fields).await), "/account");
                let page = visitor.page("/account").await;
                assert_eq!(shows(&page), is_theirs, "{how}, {email}");
                assert_eq!(page.contains("You were signed out while you were writing"), is_theirs);
                assert!(
                    !shows(&app.signed_in("sco-1@demo.example").await.page("/account").await),
                    "and not in another browser"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_done_in_the_name_of_whoever_signed_in_later_in_another_tab() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        let page = visitor.page("/account").await;
        let owner = page.split("name=\"owner\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        visitor.sign_in("sco-2@demo.example", PASSWORD).await;
        let fields = [("owner", &*owner), ("name", TYPED), ("revision", "1")];
        assert_eq!(location(&visitor.post("/do/change_name", &fields).await), "/account");
        let page = visitor.page("/account").await;
        assert!(page.contains("Somebody else was signed in when this form was opened") && !shows(&page), "{page}");
        visitor.sign_in("sco-1@demo.example", PASSWORD).await;
        assert!(shows(&visitor.page("/account").await), "it waits for whoever typed it");
        assert!(!app.log().await.iter().any(|event| event.kind == "person_renamed"));
    })
    .await;
}

#[tokio::test]
async fn what_one_tab_holds_survives_signing_out_in_another() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        visitor.post("/do/sign_out", &[]).await;
        visitor.post("/do/change_name", &[("name", TYPED), ("revision", "1")]).await;
        visitor.sign_in("sco-1@demo.example", PASSWORD).await;
        assert!(shows(&visitor.page("/account").await));
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_over_opens_nothing_and_is_forgotten_in_time() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        app.clock.advance(Duration::hours(2));
        for _ in 0..2 {
            // What is kept for its holder is no use of it.
            visitor.post("/do/change_name", &[("name", TYPED), ("revision", "1")]).await;
            assert_eq!(visitor.get("/account").await.status(), 303);
        }
        app.clock.advance(Duration::days(8));
        kwanus_service::session::purge(&app.db).await.unwrap();
        visitor.post("/do/change_name", &[("name", TYPED), ("revision", "1")]).await;
        let fields = [("email", "sco-1@demo.example"), ("password", PASSWORD), ("next", "/account")];
        visitor.post("/do/sign_in", &fields).await;
        assert!(!shows(&visitor.page("/account").await));
    })
    .await;
}

#[tokio::test]
async fn a_character_that_no_database_keeps_costs_nothing_else() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        let response = visitor.post("/do/change_name", &[("name", "Priya\0\u{202E} Raman"), ("revision", "1")]).await;
        assert_eq!((response.status().as_u16(), location(&response)), (303, "/account".into()));
        assert!(visitor.page("/account").await.contains("value=\"Priya\u{202E} Raman\""));
    })
    .await;
}

#[tokio::test]
async fn nobody_in_particular_is_remembered_with_more_than_an_address() {
    on_both(async |app| {
        let visitor = app.visitor();
        visitor.post("/do/sign_in", &[("email", &"x".repeat(10_000)), ("password", "x")]).await;
        let page = visitor.page("/sign-in").await;
        assert!(page.contains(&"x".repeat(254)) && !page.contains(&"x".repeat(255)));
    })
    .await;
}

#[tokio::test]
async fn a_fault_of_ours_keeps_what_was_typed_and_tells_a_reference() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        let mut tx = app.db.write().await.unwrap();
        tx.query("DROP TABLE audit_origin").execute().await.unwrap();
        tx.commit().await.unwrap();
        let response = visitor.post("/do/change_name", &[("name", "Priya of Two Seas"), ("revision", "1")]).await;
        assert_eq!(location(&response), "/account");
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let page = visitor.page("/account").await;
        assert!(
            page.contains("The fault is ours and nothing was saved")
                && page.contains(&id)
                && !page.contains("audit_origin")
        );
        assert!(
            page.contains("value=\"Priya of Two Seas\"") && page.contains("name=\"revision\" value=\"1\""),
            "typed, and not saved"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_not_a_form_of_ours_is_refused_plainly() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        let send = async |kind: &str, body: Vec<u8>| {
            let request =
                visitor.client.post(format!("{}/do/change_name", visitor.base)).header("origin", &visitor.base);
            request
                .header("referer", format!("{}/account", visitor.base))
                .header("content-type", kind)
                .body(body)
                .send()
                .await
                .unwrap()
        };
        let malformed = send("application/x-www-form-urlencoded", b"name=a&name=b&%zz=%ff".to_vec()).await;
        assert!(malformed.status().is_client_error() || malformed.status() == 303, "{}", malformed.status());
        assert!(!location(&malformed).contains("__err"));
        let large =
            send("application/x-www-form-urlencoded", [b"name=".as_slice(), &vec![b'a'; 300_000]].concat()).await;
        assert!(matches!(large.status().as_u16(), 400 | 413), "{}", large.status());
        assert!(!location(&large).contains("__err"));
        assert_eq!(visitor.post("/do/no_such_thing", &[]).await.status(), 404);
    })
    .await;
}
