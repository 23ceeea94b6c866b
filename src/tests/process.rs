//! The executable as an operator meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use kwanus_store::testing::Fresh;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kwanus-governance");

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).env_clear().output().unwrap()
}

/// Runs what must be refused: one line, an exit code, and that soon.
fn refused(arguments: &[&str]) -> String {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if began.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
            panic!("{arguments:?} was not refused");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(!status.success(), "{arguments:?}: {said}");
    assert_eq!(said.trim().lines().count(), 1, "{arguments:?}: {said}");
    said
}

/// A server, ended with the test.
struct Server {
    child: Child,
    base: String,
}

impl Server {
    fn start(database: &str, more: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--database-url", database, "--address", "127.0.0.1:0"])
            .args(more)
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let base = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(base.starts_with("http://"), "{line}");
        Self { child, base }
    }

    fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// Ends it and answers what it logged.
    fn stop(mut self) -> String {
        self.signal("-TERM");
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(self.child.wait().unwrap().success());
        log
    }
}

fn bytes(fresh: &Fresh) -> Vec<u8> {
    std::fs::read(fresh.url.file().unwrap()).unwrap()
}

#[tokio::test]
async fn a_new_database_is_created_and_brought_up_to_date_again_and_again() {
    for fresh in Fresh::both().await {
        for _ in 0..2 {
            let output = run(&["migrate", "--database-url", &fresh.text]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[tokio::test]
async fn a_database_that_is_newer_than_the_program_is_refused_and_untouched() {
    for fresh in Fresh::both().await {
        run(&["migrate", "--database-url", &fresh.text]);
        kwanus_store::testing::execute(
            &fresh,
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, '', 0)",
        )
        .await;
        let before = fresh.url.file().map(|_| bytes(&fresh));
        let said = refused(&["serve", "--database-url", &fresh.text, "--address", "127.0.0.1:0"]);
        assert!(said.contains("newer than this program"), "{said}");
        assert_eq!(before, fresh.url.file().map(|_| bytes(&fresh)));
    }
}

#[tokio::test]
async fn a_database_that_is_not_ours_is_refused_and_untouched() {
    for fresh in Fresh::both().await {
        kwanus_store::testing::execute(&fresh, "CREATE TABLE somebody_elses (id INTEGER)").await;
        let before = fresh.url.file().map(|_| bytes(&fresh));
        let said = refused(&["serve", "--database-url", &fresh.text, "--address", "127.0.0.1:0"]);
        assert!(said.contains("is not one of KWANUS Governance"), "{said}");
        assert_eq!(before, fresh.url.file().map(|_| bytes(&fresh)));
    }
    let fresh = Fresh::sqlite();
    std::fs::write(
        fresh.url.file().unwrap(),
        "just some text, longer than a header of SQLite would be, to be read as one and refused as none",
    )
    .unwrap();
    let said = refused(&["serve", "--database-url", &fresh.text, "--address", "127.0.0.1:0"]);
    assert!(said.contains("is not an SQLite file"), "{said}");
    assert!(bytes(&fresh).starts_with(b"just some text"));
}

#[tokio::test]
async fn a_database_out_of_reach_is_refused() {
    for url in ["postgres://kwanus@127.0.0.1:1/none", "sqlite:/proc/no/such/folder/kwanus.db", "mysql://x"] {
        let said = refused(&["serve", "--database-url", url, "--address", "127.0.0.1:0"]);
        assert!(said.contains("cannot be reached") || said.contains("starts with sqlite: or postgres:"), "{said}");
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_written_is_refused() {
    let [sqlite, postgres] = Fresh::both().await;
    for fresh in [&sqlite, &postgres] {
        run(&["migrate", "--database-url", &fresh.text]);
    }
    let said = refused(&["serve", "--database-url", &format!("{}?mode=ro", sqlite.text), "--address", "127.0.0.1:0"]);
    assert!(said.contains("read-only"), "{said}");
    kwanus_store::testing::execute(&postgres, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$").await;
    let said = refused(&["serve", "--database-url", &postgres.text, "--address", "127.0.0.1:0"]);
    assert!(said.contains("read-only"), "{said}");
}

/// A disk that takes no more: the shell forbids files to grow.
#[test]
fn a_full_disk_is_one_clear_line() {
    let fresh = Fresh::sqlite();
    run(&["migrate", "--database-url", &fresh.text]);
    let script =
        format!("trap '' XFSZ; ulimit -f 0; exec {PROGRAM} serve --address 127.0.0.1:0 --database-url {}", fresh.text);
    let output = Command::new("bash").args(["-c", &script]).env_clear().output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("cannot be written"), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
}

#[tokio::test]
async fn a_demo_and_real_data_do_not_mix() {
    for fresh in Fresh::both().await {
        Server::start(&fresh.text, &["--demo"]).stop();
        assert!(refused(&["serve", "--database-url", &fresh.text, "--address", "127.0.0.1:0"]).contains("is a demo"));
    }
    for fresh in Fresh::both().await {
        Server::start(&fresh.text, &[]).stop();
        assert!(
            refused(&["serve", "--demo", "--database-url", &fresh.text, "--address", "127.0.0.1:0"])
                .contains("not created as a demo")
        );
    }
}

#[tokio::test]
async fn a_database_with_real_people_never_becomes_a_demo() {
    for fresh in Fresh::both().await {
        run(&["user", "--database-url", &fresh.text, "add", "ada@kwanus.example", "--name", "Ada", "--administrator"]);
        let said = refused(&["serve", "--demo", "--database-url", &fresh.text, "--address", "127.0.0.1:0"]);
        assert!(said.contains("not created as a demo"), "{said}");
        Server::start(&fresh.text, &[]).stop();
    }
}

#[tokio::test]
async fn a_first_start_that_was_interrupted_is_taken_up_again() {
    for other in Fresh::both().await {
        kwanus_store::testing::execute(&other, "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL, checksum BYTEA NOT NULL, execution_time BIGINT NOT NULL)").await;
        let output = run(&["migrate", "--database-url", &other.text]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_database_url_that_cannot_be_read_is_not_shown_with_its_password() {
    for url in ["mysql://kwanus:canary-5772@db/x", "postgres://kwanus:canary-5772#@db:port/x"] {
        let said = refused(&["serve", "--database-url", url]);
        assert!(!said.contains("canary-5772"), "{said}");
    }
}

#[test]
fn a_port_that_is_taken_is_one_clear_line() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let fresh = Fresh::sqlite();
    let said =
        refused(&["serve", "--database-url", &fresh.text, "--address", &taken.local_addr().unwrap().to_string()]);
    assert!(said.contains("cannot listen on"), "{said}");
}

#[tokio::test]
async fn people_are_added_reset_and_disabled_at_the_command_line() {
    for fresh in Fresh::both().await {
        let user = |arguments: &[&str]| {
            let output = run(&[&["user", "--database-url", &fresh.text], arguments].concat());
            (
                output.status.success(),
                String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap(),
            )
        };
        let (is_done, said) = user(&[
            "add",
            "ada@kwanus.example",
            "--name",
            "Ada",
            "--administrator",
            "--chair",
            "sco",
            "--board",
            "TSC",
        ]);
        assert!(is_done && said.contains("/set-password/"), "{said}");
        for (arguments, says) in [
            (&["add", "ada@kwanus.example", "--name", "Ada", "--auditor"][..], "already"),
            (&["add", "bea@kwanus.example", "--name", "Bea"], "Give the person a role"),
            (&["add", "nonsense", "--name", "", "--auditor"], "email address"),
            (&["add", "bea@kwanus.example", "--name", "Bea", "--board", "xyz"], "There is no board XYZ"),
            (&["add", "bea@kwanus.example", "--name", "Bea", "--partner", "none"], "no partner of that name"),
            (&["reset", "nobody@kwanus.example"], "Nobody who can sign in"),
        ] {
            let (is_done, said) = user(arguments);
            assert!(!is_done && said.contains(says), "{arguments:?}: {said}");
        }
        let (is_done, again) = user(&["reset", "ada@kwanus.example"]);
        assert!(is_done && again != said);
        assert!(user(&["disable", "ada@kwanus.example"]).0);
        assert!(!user(&["reset", "ada@kwanus.example"]).0);
    }
}

#[tokio::test]
async fn the_log_holds_no_password_cookie_or_token() {
    const CANARY: &str = "canary-password-3141";
    let fresh = Fresh::sqlite();
    let output =
        run(&["user", "--database-url", &fresh.text, "add", "ada@kwanus.example", "--name", "Ada", "--auditor"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let token = said.trim().rsplit('/').next().unwrap().to_owned();
    let server = Server::start(&fresh.text, &["--log-format", "json", "--log", "debug"]);
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
    assert!(log.lines().count() > 5 && log.lines().all(|line| line.starts_with('{')), "{log}");
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
}

#[tokio::test]
async fn a_stop_lets_an_answer_in_progress_finish() {
    let fresh = Fresh::sqlite();
    let server = Server::start(&fresh.text, &["--demo"]);
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
    let server = Server::start(&fresh.text, &["--demo"]);
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
    let server = Server::start(&fresh.text, &["--demo"]);
    let page = reqwest::get(format!("{}/sign-in", server.base)).await.unwrap().text().await.unwrap();
    assert!(page.contains(&name), "{name} is lost");
    server.stop();
}

#[tokio::test]
async fn a_request_that_never_arrives_is_given_up() {
    let fresh = Fresh::sqlite();
    let server = Server::start(&fresh.text, &["--demo"]);
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
