//! A server for one test, and visitors whose methods are what a person does.

use std::{net::SocketAddr, sync::Arc};

use chrono::{DateTime, Utc};
use clap::Parser;
use kwanus_domain::board::{BoardKey, Seat};
use kwanus_governance::{
    application::Application,
    cli::{Cli, Command},
    config::Config,
};
use kwanus_service::{Caller, Db, account::Cost};
use kwanus_store::testing::{Fixed, Fresh, START};
use reqwest::{Client, RequestBuilder, Response, header::HeaderMap, redirect::Policy};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// The demo's password.
pub const PASSWORD: &str = "demonstration-only";

/// A running server.
pub struct TestApp {
    pub address: SocketAddr,
    pub clock: Arc<Fixed>,
    /// Another handle on its database.
    pub db: Db,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<tokio::task::JoinHandle<()>>,
    _fresh: Fresh,
    _evidence: TempDir,
    _mail: TempDir,
}

/// Runs a test against a demo on each database.
pub async fn on_both<F: AsyncFn(&TestApp)>(test: F) {
    for fresh in Fresh::both().await {
        eprintln!("on {}", fresh.text);
        let mut app = TestApp::start(fresh, &[]).await;
        test(&app).await;
        app.stop().await;
    }
}

/// Runs a test against a demo that people reach at `https://g.example` through a proxy, on SQLite: what differs is none of
/// the database's business.
pub async fn over_https<F: AsyncFn(&TestApp)>(test: F) {
    let mut app = TestApp::start(Fresh::sqlite(), &["--public-url", "https://g.example"]).await;
    test(&app).await;
    app.stop().await;
}

impl TestApp {
    async fn start(fresh: Fresh, more: &[&str]) -> Self {
        let (evidence, mail) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        // The proxy is trusted so that a test can ask from any address.
        let arguments = [
            "kwanus-governance",
            "serve",
            "--demo=empty",
            "--address",
            "127.0.0.1:0",
            "--trusted-proxies",
            "127.0.0.1",
            "--evidence",
            evidence.path().to_str().unwrap(),
            "--mail-folder",
            mail.path().to_str().unwrap(),
        ];
        let Command::Serve(serve) = Cli::parse_from(arguments.iter().chain(more)).command else { unreachable!() };
        let mut config = Config::new(&serve).unwrap();
        config.hash_cost = Cost { memory_kib: 64, passes: 1 };
        let clock = Fixed::at(START);
        let application = Application::build(config, &fresh.url, clock.clone()).await.unwrap();
        let address = application.address();
        let db = Db::open(&fresh.url, clock.clone()).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(application.run_until_stopped(async {
            let _ = stopped.await;
        }));
        Self {
            address,
            clock,
            db,
            stop: Some(stop),
            serving: Some(serving),
            _fresh: fresh,
            _evidence: evidence,
            _mail: mail,
        }
    }

    async fn stop(&mut self) {
        self.db.close().await;
        self.stop.take().unwrap().send(()).unwrap();
        self.serving.take().unwrap().await.unwrap();
    }

    /// Somebody with a browser of their own.
    pub fn visitor(&self) -> Visitor {
        self.visitor_from("192.0.2.1")
    }

    /// Somebody with a browser of their own, at that address.
    pub fn visitor_from(&self, address: &str) -> Visitor {
        let mut headers = HeaderMap::new();
        headers.insert("accept", "text/html".parse().unwrap());
        headers.insert("x-forwarded-for", address.parse().unwrap());
        headers.insert("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0".parse().unwrap());
        let client =
            Client::builder().cookie_store(true).redirect(Policy::none()).default_headers(headers).build().unwrap();
        Visitor { client, base: format!("http://{}", self.address) }
    }

    /// Somebody who has signed in.
    pub async fn signed_in(&self, email: &str) -> Visitor {
        let visitor = self.visitor();
        let response = visitor.sign_in(email, PASSWORD).await;
        assert_eq!(response.status(), 303, "{email} signs in");
        assert_eq!(location(&response), "/", "{email} signs in");
        visitor
    }

    /// The present, by the clock of the test.
    pub fn now(&self) -> DateTime<Utc> {
        kwanus_service::Environment::now(&*self.clock)
    }

    /// An auditor who sits on a board until the end of that day, signed in.
    pub async fn member_until(&self, email: &str, board: &str, until: &str) -> Visitor {
        let seat = Seat {
            board: BoardKey::parse(board).unwrap(),
            from: "2026-01-01".parse().unwrap(),
            until: Some(until.parse().unwrap()),
            is_chair: false,
        };
        let input = kwanus_service::account::AddPerson {
            email: email.into(),
            name: "Short Term".into(),
            is_auditor: true,
            seats: vec![seat],
            ..Default::default()
        };
        let link = kwanus_service::account::add_person(&self.db, &Caller::Operator, input).await.unwrap();
        let path = link.path();
        let token = path.rsplit('/').next().unwrap_or_default();
        let visitor = self.visitor();
        let fields = [("token", token), ("password", "a password of their own")];
        visitor.post("/do/set_password", &fields).await;
        let response = visitor.sign_in(email, "a password of their own").await;
        assert_eq!(location(&response), "/", "{email} signs in");
        visitor
    }

    /// What the log says, the newest first.
    pub async fn log(&self) -> Vec<kwanus_store::audit::EventRow> {
        kwanus_store::audit::list_newest(&mut self.db.read().await.unwrap(), 20).await.unwrap()
    }

    /// A link to set a password, for somebody new.
    pub async fn invite(&self, email: &str) -> String {
        let input = kwanus_service::account::AddPerson {
            email: email.into(),
            name: "Someone New".into(),
            is_auditor: true,
            ..Default::default()
        };
        kwanus_service::account::add_person(&self.db, &Caller::Operator, input).await.unwrap().path()
    }
}

/// A browser: it keeps cookies, says where its forms come from, and follows nothing by itself.
#[derive(Clone)]
pub struct Visitor {
    pub client: Client,
    pub base: String,
}

impl Visitor {
    pub async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.base)).send().await.unwrap()
    }

    /// A page, without the comments by which the browser's half finds its place: nobody sees them.
    pub async fn page(&self, path: &str) -> String {
        let text = self.get(path).await.text().await.unwrap();
        let mut seen = String::with_capacity(text.len());
        let mut rest = &*text;
        while let Some((before, after)) = rest.split_once("<!") {
            seen.push_str(before);
            rest = if let Some(comment) = after.strip_prefix("--") {
                comment.split_once("-->").map_or("", |(_, rest)| rest)
            } else if let Some(rest) = after.strip_prefix('>') {
                rest
            } else {
                seen.push_str("<!");
                after
            };
        }
        seen + rest
    }

    /// What a hidden field of a form on the page holds; nothing where there is none.
    pub async fn hidden(&self, path: &str, name: &str) -> String {
        let page = self.page(path).await;
        let value = page.split_once(&format!("name=\"{name}\" value=\"")).map_or("", |(_, rest)| rest);
        value.split('"').next().unwrap_or_default().to_owned()
    }

    pub fn post_request(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base)).form(fields)
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.post_request(path, fields)
            .header("origin", &self.base)
            .header("sec-fetch-site", "same-origin")
            .send()
            .await
            .unwrap()
    }

    /// Sends a form that carries a file, if one was chosen: its fields, and then its name and what it holds.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Response {
        let parts = fields.iter().map(|(name, value)| part(&format!("name=\"{name}\""), value.as_bytes()));
        let (name, content) = file.unwrap_or_default();
        let file = part(&format!("name=\"file\"; filename=\"{name}\""), content);
        self.send_parts(path, parts.chain([file]).collect::<Vec<_>>().concat()).await
    }

    /// Sends the parts of a form as they are.
    pub async fn send_parts(&self, path: &str, parts: Vec<u8>) -> Response {
        let body = [&parts[..], b"--limit--\r\n"].concat();
        self.client
            .post(format!("{}{path}", self.base))
            .header("origin", &self.base)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=limit")
            .body(body)
            .send()
            .await
            .unwrap()
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Response {
        self.post("/do/sign_in", &[("email", email), ("password", password)]).await
    }
}

/// A part of a form, as browsers send it.
pub fn part(disposition: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--limit\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

pub fn location(response: &Response) -> String {
    response.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// The session cookie that an answer sets.
pub fn cookie(response: &Response) -> Option<String> {
    let cookies = response.headers().get_all("set-cookie");
    cookies.iter().map(|cookie| cookie.to_str().unwrap().to_owned()).find(|cookie| cookie.starts_with("kwanus="))
}
