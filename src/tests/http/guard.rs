//! Whose requests are let in.

use std::collections::HashSet;

use kwanus_governance::http::routes;

use crate::app::{location, on_both};

#[tokio::test]
async fn no_mutation_passes_that_is_not_from_a_page_of_ours() {
    on_both(async |app| {
        // The API for everybody knows no session: there is nobody in whose name a page elsewhere could act.
        let is_ours = |path: &str| !path.starts_with("/api/");
        let posts: Vec<_> =
            routes().into_iter().filter(|route| route.method == "POST" && is_ours(&route.path)).collect();
        assert!(posts.len() >= 9);
        for has_cookie in [true, false] {
            let visitor = if has_cookie { app.signed_in("sco-1@demo.example").await } else { app.visitor() };
            let ours = visitor.base.clone();
            for route in &posts {
                for (origin, site) in [
                    (None, None),
                    (Some("null"), None),
                    (Some("null"), Some("same-origin")),
                    (Some("https://evil.example"), Some("cross-site")),
                    (Some("https://evil.example"), None),
                    (Some("http://127.0.0.1:1"), Some("same-site")),
                    (Some(&*ours), Some("cross-site")),
                    (Some(&*ours), Some("same-site")),
                    (Some(&*ours), Some("none")),
                    (None, Some("same-site")),
                    (None, Some("cross-site")),
                ] {
                    let mut request = visitor.post_request(&route.path, &[("email", "a@b.example"), ("password", "x")]);
                    if let Some(origin) = origin {
                        request = request.header("origin", origin);
                    }
                    if let Some(site) = site {
                        request = request.header("sec-fetch-site", site);
                    }
                    let response = request.send().await.unwrap();
                    assert_eq!(response.status(), 403, "{} from {origin:?} {site:?}, cookie: {has_cookie}", route.path);
                }
            }
            if has_cookie {
                assert_eq!(visitor.get("/docket").await.status(), 200, "and nothing has happened");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_done_by_get() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        let read: HashSet<_> =
            routes().into_iter().filter(|route| route.method == "GET").map(|route| route.path).collect();
        for route in routes().into_iter().filter(|route| route.method == "POST" && !read.contains(&route.path)) {
            let response = visitor.get(&route.path).await;
            assert_eq!(response.status(), 405, "{}", route.path);
            assert!(response.text().await.unwrap().contains("Not done this way"));
        }
        assert_eq!(visitor.post("/docket", &[]).await.status(), 405);
        assert_eq!(visitor.get("/docket").await.status(), 200);
    })
    .await;
}

#[tokio::test]
async fn another_name_is_not_ours() {
    on_both(async |app| {
        let visitor = app.visitor();
        for host in ["evil.example", "localhost.evil.example", "192.168.0.1"] {
            let response =
                visitor.client.get(format!("{}/sign-in", visitor.base)).header("host", host).send().await.unwrap();
            assert_eq!(response.status(), 421, "{host}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_answer_carries_its_guards_errors_included() {
    on_both(async |app| {
        let visitor = app.signed_in("sco-1@demo.example").await;
        let mut answers = Vec::new();
        for path in [
            "/docket",
            "/account",
            "/nothing",
            "/healthz",
            "/pkg/0/x",
            "/do/sign_out",
            "/set-password/x",
            "/api/v1/nothing",
            "/api/v1/lint",
        ] {
            answers.push(visitor.get(path).await);
        }
        answers.push(visitor.post_request("/do/sign_out", &[]).send().await.unwrap());
        answers.push(visitor.post("/do/set_theme", &[]).await);
        for answer in answers {
            let path = answer.url().path().to_owned();
            let header = |name: &str| {
                answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
            };
            let policy = header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{path}: {policy}"
            );
            assert!(!policy.replace("wasm-unsafe-eval", "").contains("unsafe-"), "{path}: {policy}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("referrer-policy"), "same-origin", "{path}");
            assert_eq!(header("cache-control"), "no-store", "{path}");
            assert!(!header("x-request-id").is_empty(), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_partner_learns_nothing_of_what_is_not_theirs() {
    on_both(async |app| {
        let partner = app.signed_in("partner@helio-health.demo.example").await;
        for path in ["/docket", "/partners", "/overview", "/partners?after=a"] {
            let (hidden, absent) = (partner.get(path).await, partner.get("/nothing-here").await);
            assert_eq!(hidden.status(), absent.status(), "{path}");
            let main = async |response: reqwest::Response| {
                let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
                let page = response.text().await.unwrap();
                assert!(page.contains(&id), "{path} tells a reference");
                page.split("<main").nth(1).unwrap().split("<footer").next().unwrap().replace(&id, "…")
            };
            assert_eq!(main(hidden).await, main(absent).await, "{path}");
        }
        assert_eq!(location(&partner.get("/").await), "");
    })
    .await;
}
