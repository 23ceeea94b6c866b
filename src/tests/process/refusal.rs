//! Databases and addresses that are refused.

use std::process::Command;

use kwanus_store::testing::Fresh;

use crate::program::{PROGRAM, Server, bytes, refused, run};

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

/// A disk that takes no more: the shell forbids files to grow beyond so many KiB.
fn serve_with_disk_of(kib: u32, database: &str) -> std::process::Output {
    let script =
        format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" serve --address 127.0.0.1:0 --database-url \"$1\"");
    Command::new("bash").args(["-c", &script, PROGRAM, database]).env_clear().output().unwrap()
}

#[test]
fn a_full_disk_is_one_clear_line_and_no_harm() {
    for (kib, is_new) in [(0, false), (0, true), (8, true), (64, true)] {
        let fresh = Fresh::sqlite();
        if !is_new {
            run(&["migrate", "--database-url", &fresh.text]);
        }
        let output = serve_with_disk_of(kib, &fresh.text);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains("cannot be written"), "{kib} KiB: {said}");
        assert_eq!(said.trim().lines().count(), 1, "{kib} KiB: {said}");
        // With room again it starts as if nothing had been.
        Server::start(&fresh.text, &[]).stop();
    }
}

#[tokio::test]
async fn a_demo_and_real_data_do_not_mix() {
    for fresh in Fresh::both().await {
        Server::start(&fresh.text, &["--demo=empty"]).stop();
        assert!(refused(&["serve", "--database-url", &fresh.text, "--address", "127.0.0.1:0"]).contains("is a demo"));
    }
    for fresh in Fresh::both().await {
        Server::start(&fresh.text, &[]).stop();
        assert!(
            refused(&["serve", "--demo=empty", "--database-url", &fresh.text, "--address", "127.0.0.1:0"])
                .contains("not created as a demo")
        );
    }
}

#[tokio::test]
async fn a_database_made_for_real_people_never_becomes_a_demo() {
    let [one, other] = Fresh::both().await;
    for (fresh, is_migrated) in [(one, false), (other, false)].into_iter().chain(Fresh::both().await.map(|f| (f, true)))
    {
        if is_migrated {
            run(&["migrate", "--database-url", &fresh.text]);
        } else {
            let add = ["add", "ada@kwanus.example", "--name", "Ada", "--administrator"];
            run(&[&["user", "--database-url", &fresh.text][..], &add].concat());
        }
        let said = refused(&["serve", "--demo=empty", "--database-url", &fresh.text, "--address", "127.0.0.1:0"]);
        assert!(said.contains("not created as a demo"), "{said}");
        Server::start(&fresh.text, &[]).stop();
    }
}

#[cfg(unix)]
#[test]
fn a_new_sqlite_database_is_for_its_owners_eyes_only() {
    use std::os::unix::fs::PermissionsExt;

    let fresh = Fresh::sqlite();
    let folder = fresh.url.file().unwrap().with_file_name("new");
    let server = Server::start(&format!("sqlite:{}", folder.join("kwanus.db").display()), &["--demo=empty"]);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        let expected = if file.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&file), expected, "{}", file.display());
    }
    server.stop();
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
