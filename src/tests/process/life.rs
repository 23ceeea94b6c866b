//! Stopping, crashing, being kept waiting.

use std::{
    io::Read,
    time::{Duration, Instant},
};

use kwanus_store::testing::Fresh;

use crate::program::Server;

#[tokio::test]
async fn a_stop_lets_an_answer_in_progress_finish() {
    let fresh = Fresh::sqlite();
    let server = Server::start(&fresh.text, &["--demo=empty"]);
    let base = server.base.clone();
    // Hashing takes long enough to be in the middle of it.
    let answer = tokio::spawn(async move {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let fields = [("email", "admin@demo.example"), ("password", "demonstration-only")];
        client
            .post(format!("{base}/do/sign_in"))
            .header("origin", &base)
            .form(&fields)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    });
    tokio::time::sleep(Duration::from_millis(60)).await;
    let began = Instant::now();
    tokio::task::spawn_blocking(move || server.stop()).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!(answer.await.unwrap(), 303);
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_crash() {
    let fresh = Fresh::sqlite();
    let server = Server::start(&fresh.text, &["--demo=empty"]);
    let client =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).cookie_store(true).build().unwrap();
    let post = async |base: &str, path: &str, fields: &[(&str, &str)]| {
        client.post(format!("{base}{path}")).header("origin", base).form(fields).send().await.unwrap()
    };
    post(&server.base, "/do/sign_in", &[("email", "admin@demo.example"), ("password", "demonstration-only")]).await;
    let mut name = String::new();
    for revision in 1..=20 {
        let next = format!("Ruth Albrecht {revision}");
        let response =
            post(&server.base, "/do/change_name", &[("name", &next), ("revision", &revision.to_string())]).await;
        assert_eq!(response.status(), 303);
        name = next;
    }
    let mut server = server;
    server.signal("-KILL");
    server.child.wait().unwrap();
    let server = Server::start(&fresh.text, &["--demo=empty"]);
    let page = reqwest::get(format!("{}/sign-in", server.base)).await.unwrap().text().await.unwrap();
    assert!(page.contains(&name), "{name} is lost");
    server.stop();
}

#[tokio::test]
async fn a_request_that_never_arrives_is_given_up() {
    let fresh = Fresh::sqlite();
    let server = Server::start(&fresh.text, &["--demo=empty"]);
    let address = server.base.trim_start_matches("http://").to_owned();
    tokio::task::spawn_blocking(move || {
        let mut connection = std::net::TcpStream::connect(address).unwrap();
        connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        std::io::Write::write_all(&mut connection, b"GET / HTTP/1.1\r\nHost: 127.0").unwrap();
        let began = Instant::now();
        let mut rest = Vec::new();
        connection.read_to_end(&mut rest).expect("the server closes first");
        assert!((8..15).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    })
    .await
    .unwrap();
    server.stop();
}
