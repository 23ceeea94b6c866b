//! Pages as they are sent.

use std::collections::BTreeSet;

use crate::app::on_both;

#[tokio::test]
async fn only_pages_with_islands_run_a_script_and_each_under_a_nonce_of_its_own() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        for path in
            ["/docket/approve", "/cases", "/partners", "/overview", "/help", "/accessibility", "/privacy", "/nothing"]
        {
            let page = visitor.page(path).await;
            assert!(!page.contains("<script") && !page.contains("<style") && !page.contains(" style="), "{path}");
        }
        let mut nonces = BTreeSet::new();
        for _ in 0..3 {
            let response = visitor.get("/account").await;
            let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
            let page = response.text().await.unwrap();
            for script in page.split("<script").skip(1) {
                let tag = script.split('>').next().unwrap();
                assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
            }
            nonces.insert(nonce);
        }
        assert_eq!(nonces.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn every_page_has_its_shell_its_title_and_one_heading() {
    on_both(async |app| {
        for (email, class, paths) in [
            (
                Some("sco-1@demo.example"),
                "desk",
                &["/docket", "/partners", "/overview", "/account", "/help", "/nothing"][..],
            ),
            (Some("partner@helio-health.demo.example"), "form-shell", &["/", "/account", "/help", "/docket"]),
            (None, "form-shell", &["/help", "/accessibility", "/privacy", "/nothing"]),
            (None, "door", &["/sign-in", "/set-password/x"]),
        ] {
            let visitor = match email {
                Some(email) => app.signed_in(email).await,
                None => app.visitor(),
            };
            for path in paths {
                // Again and again: what is rendered late must not be lost.
                for _ in 0..5 {
                    let page = visitor.page(path).await;
                    assert!(page.contains(&format!("<body class=\"{class}\">")), "{path} as {email:?}");
                    assert!(page.contains("· KWANUS Governance</title>"), "{path}");
                    assert_eq!(page.matches("<h1").count(), 1, "{path}");
                    assert!(page.contains("href=\"#main\"") && page.contains("id=\"main\""), "{path}");
                    assert!(page.contains("Demonstration."), "{path}");
                    assert!(page.contains("<html lang=\"en\""), "{path}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn assets_are_kept_for_ever_and_come_compressed() {
    on_both(async |app| {
        let visitor = app.visitor();
        let page = visitor.page("/sign-in").await;
        let style =
            page.split("href=\"").find(|part| part.starts_with("/pkg/")).unwrap().split('"').next().unwrap().to_owned();
        for (accepts, encoding) in [("br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", "identity")]
        {
            let request = reqwest::Client::builder().no_gzip().build().unwrap().get(format!("{}{style}", visitor.base));
            let response = request.header("accept-encoding", accepts).send().await.unwrap();
            assert_eq!(response.status(), 200, "run `make site` first");
            assert_eq!(response.headers()["content-encoding"], encoding);
            assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
            assert_eq!(response.headers()["content-type"], "text/css");
            let etag = response.headers()["etag"].clone();
            let again = visitor
                .client
                .get(format!("{}{style}", visitor.base))
                .header("if-none-match", etag)
                .send()
                .await
                .unwrap();
            assert_eq!(again.status(), 304);
        }
        let outside = style.replace("kwanus.css", "..%2f..%2fCargo.toml");
        assert_eq!(visitor.get(&outside).await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn an_error_page_tells_a_reference_that_the_answer_carries() {
    on_both(async |app| {
        let visitor = app.visitor();
        let response = visitor.post_request("/do/sign_in", &[]).send().await.unwrap();
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let page = response.text().await.unwrap();
        assert!(page.contains(&id) && page.contains("Not permitted") && page.contains("<h1"));
    })
    .await;
}

#[tokio::test]
async fn a_failure_of_ours_is_a_page_with_a_reference_and_nothing_of_the_cause() {
    on_both(async |app| {
        let mut tx = app.db.write().await.unwrap();
        tx.query("ALTER TABLE board RENAME TO board_gone").execute().await.unwrap();
        tx.commit().await.unwrap();
        let visitor = app.visitor();
        let response = visitor.get("/sign-in").await;
        assert_eq!(response.status(), 500);
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let page = response.text().await.unwrap();
        assert!(
            page.contains("We failed")
                && page.contains(&id)
                && !page.contains("board")
                && page.matches("<h1").count() == 1,
            "{page}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_service_is_ready_only_with_tables_that_are_its_own() {
    on_both(async |app| {
        let visitor = app.visitor();
        assert_eq!(visitor.get("/readyz").await.status(), 200);
        let mut tx = app.db.write().await.unwrap();
        tx.query("ALTER TABLE _sqlx_migrations RENAME TO gone").execute().await.unwrap();
        tx.commit().await.unwrap();
        let response = visitor.get("/readyz").await;
        assert_eq!(
            (response.status().as_u16(), response.headers()["content-type"].to_str().unwrap()),
            (503, "text/plain; charset=utf-8")
        );
        assert_eq!(visitor.get("/healthz").await.status(), 200);
    })
    .await;
}
