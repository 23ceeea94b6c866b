//! What the log does not hold.

use kwanus_store::testing::Fresh;

use crate::program::{Server, run};

#[tokio::test]
async fn the_log_holds_no_password_cookie_or_token() {
    let json = log_of_a_visit("json").await;
    assert!(json.lines().count() > 5 && json.lines().all(|line| line.starts_with('{')), "{json}");
    let pretty = log_of_a_visit("pretty").await;
    assert!(pretty.lines().count() > 5 && !pretty.lines().any(|line| line.starts_with('{')), "{pretty}");
}

/// Does everything with secrets that a visitor can, and looks for them in the log and in the database.
async fn log_of_a_visit(format: &str) -> String {
    const CANARY: &str = "canary-password-3141";
    let fresh = Fresh::sqlite();
    let output =
        run(&["user", "--database-url", &fresh.text, "add", "ada@kwanus.example", "--name", "Ada", "--auditor"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let token = said.trim().rsplit('/').next().unwrap().to_owned();
    let server = Server::start(&fresh.text, &["--log-format", format, "--log", "debug"]);
    let client =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).cookie_store(true).build().unwrap();
    let post = async |path: &str, fields: &[(&str, &str)]| {
        client
            .post(format!("{}{path}", server.base))
            .header("origin", &server.base)
            .header("accept", "text/html")
            .form(fields)
            .send()
            .await
            .unwrap()
    };
    client.get(format!("{}/set-password/{token}", server.base)).send().await.unwrap();
    post("/do/set_password", &[("token", &token), ("password", CANARY)]).await;
    post("/do/sign_in", &[("email", "ada@kwanus.example"), ("password", "canary-wrong-2718")]).await;
    let signed_in = post("/do/sign_in", &[("email", "ada@kwanus.example"), ("password", CANARY)]).await;
    assert_eq!(signed_in.headers()["location"], "/");
    let cookie = signed_in.headers()["set-cookie"].to_str().unwrap().split(['=', ';']).nth(1).unwrap().to_owned();
    assert!(cookie.len() >= 20, "{cookie}");
    client.get(format!("{}/account", server.base)).send().await.unwrap();
    client
        .get(format!("{}/?q=canary-query-1618", server.base))
        .header("cookie", "kwanus=canary-cookie-0577")
        .send()
        .await
        .unwrap();
    let file = fresh.url.file().unwrap();
    let log = server.stop();
    let database = [file.clone(), file.with_extension("db-wal")]
        .iter()
        .filter_map(|file| std::fs::read(file).ok())
        .flatten()
        .collect::<Vec<_>>();
    let database = String::from_utf8_lossy(&database);
    for secret in [CANARY, "canary-wrong-2718", "canary-cookie-0577", "canary-query-1618", &token, &cookie] {
        assert!(!log.contains(secret), "the log holds {secret}");
        assert!(!database.contains(secret), "the database holds {secret}");
    }
    log
}
