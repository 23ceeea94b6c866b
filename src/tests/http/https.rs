//! Reached by https, through a proxy.

use crate::app::{PASSWORD, TestApp, over_https};

/// What the proxy passes on.
async fn ask(app: &TestApp, path: &str, host: &str, scheme: &str) -> reqwest::Response {
    let visitor = app.visitor();
    let request = visitor.client.get(format!("{}{path}", visitor.base)).header("host", host);
    request.header("x-forwarded-proto", scheme).send().await.unwrap()
}

#[tokio::test]
async fn only_https_for_our_own_name_is_answered() {
    over_https(async |app| {
        let answer = ask(app, "/sign-in", "g.example", "https").await;
        assert_eq!(answer.status(), 200);
        assert!(answer.headers()["strict-transport-security"].to_str().unwrap().contains("max-age=63072000"));
        assert_eq!(ask(app, "/sign-in", "g.example", "http").await.status(), 421);
        assert_eq!(ask(app, "/sign-in", "evil.example", "https").await.status(), 421);
        assert_eq!(app.visitor().get("/sign-in").await.status(), 421, "past the proxy");
        assert_eq!(app.visitor().get("/healthz").await.status(), 200, "whoever watches the process asks it directly");
    })
    .await;
}

#[tokio::test]
async fn the_session_cookie_is_pinned_to_the_host_and_to_https() {
    over_https(async |app| {
        let visitor = app.visitor();
        let request = visitor.post_request("/do/sign_in", &[("email", "admin@demo.example"), ("password", PASSWORD)]);
        let request = request
            .header("host", "g.example")
            .header("x-forwarded-proto", "https")
            .header("origin", "https://g.example");
        let answer = request.send().await.unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        assert!(cookie.starts_with("__Host-kwanus="), "{cookie}");
        for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        let value = cookie.split(';').next().unwrap().to_owned();
        let ask = async |request: reqwest::RequestBuilder| {
            let request = request.header("host", "g.example").header("x-forwarded-proto", "https");
            request
                .header("origin", "https://g.example")
                .header("cookie", &value)
                .send()
                .await
                .unwrap()
                .status()
                .as_u16()
        };
        let page = || visitor.client.get(format!("{}/account", visitor.base));
        assert_eq!(ask(page()).await, 200);
        assert_eq!(ask(visitor.post_request("/do/sign_out", &[])).await, 303);
        assert_eq!(ask(page()).await, 303, "and is worth nothing after signing out");
    })
    .await;
}
