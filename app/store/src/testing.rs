//! A fresh database a test, on both databases.
//!
//! Postgres is the one of `KWANUS_TEST_POSTGRES_URL`; `make test` starts one and sets it. Without it a test fails and
//! says so: it never skips.

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "a test may panic, and then says where")]

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, Duration, Utc};
use kwanus_domain::{
    integration::{Description, IntegrationId, IntegrationName, Layers},
    partner::{PartnerId, PartnerName, PartnerStatus, Slug, Tier},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::{DatabaseUrl, Db, Environment};

/// A clock that stands until it is moved, and a chance that repeats itself in every run.
#[derive(Debug)]
pub struct Fixed {
    now: Mutex<DateTime<Utc>>,
    counter: AtomicU64,
}

impl Fixed {
    /// A clock at `now`.
    #[must_use]
    pub fn at(now: &str) -> Arc<Self> {
        Arc::new(Self { now: Mutex::new(now.parse().expect("an instant")), counter: AtomicU64::new(1) })
    }

    /// Moves the clock.
    pub fn advance(&self, by: Duration) {
        *self.now.lock().expect("no test panics with the clock in hand") += by;
    }

    /// Sets the clock, back as well.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.now.lock().expect("no test panics with the clock in hand") = now;
    }
}

impl Environment for Fixed {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().expect("no test panics with the clock in hand")
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            // Odd multiplier: distinct counters give distinct bytes, spread over all of them.
            let word = self.counter.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}

/// The instant at which tests begin.
pub const START: &str = "2026-11-18T09:42:00Z";

/// Where a fresh, empty database is, and what takes it away again.
#[derive(Debug)]
pub struct Fresh {
    /// Its URL.
    pub url: DatabaseUrl,
    /// The same as text, for the command line.
    pub text: String,
    _folder: Option<tempfile::TempDir>,
}

impl Fresh {
    /// A file in a folder of its own.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let text = format!("sqlite:{}", folder.path().join("test.db").display());
        Self { url: text.parse().expect("a URL"), text, _folder: Some(folder) }
    }

    /// A database of its own on the test server. `.ci/with-postgres` throws the server away after the run, or what the run
    /// left on one that is not its own.
    pub async fn postgres() -> Self {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let server = std::env::var("KWANUS_TEST_POSTGRES_URL").expect(
            "Postgres is needed: run `make test`, which starts one, or set KWANUS_TEST_POSTGRES_URL to a server on which we may create databases",
        );
        // Names must differ between runs on one server.
        let run = std::env::var("KWANUS_TEST_RUN")
            .unwrap_or_else(|_| std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos()).to_string());
        let name = format!("kwanus_test_{run}_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
        let mut connection =
            PgConnection::connect(&server).await.expect("the Postgres of KWANUS_TEST_POSTGRES_URL answers");
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await
            .expect("we may create databases");
        connection.close().await.expect("closes");
        let (base, _) = server.rsplit_once('/').expect("a URL with a database");
        let text = format!("{base}/{name}");
        Self { url: text.parse().expect("a URL"), text, _folder: None }
    }

    /// One of each.
    pub async fn both() -> [Self; 2] {
        [Self::sqlite(), Self::postgres().await]
    }
}

/// Opens a fresh SQLite database, whose folder lives as long as the process.
pub async fn fresh_sqlite() -> Db {
    let fresh = Fresh::sqlite();
    let db = Db::open(&fresh.url, Fixed::at(START)).await.expect("opens");
    std::mem::forget(fresh);
    db
}

/// Runs one test on a fresh database of each kind, with the clock at [`START`].
pub async fn on_both_databases<F, T>(test: F)
where
    F: AsyncFn(Db) -> T,
{
    on_both_databases_with_clock(async |db, _| test(db).await).await;
}

/// The same, with the clock in hand.
pub async fn on_both_databases_with_clock<F, T>(test: F)
where
    F: AsyncFn(Db, Arc<Fixed>) -> T,
{
    for fresh in Fresh::both().await {
        eprintln!("on {}", fresh.text);
        let clock = Fixed::at(START);
        let db = Db::open(&fresh.url, clock.clone()).await.expect("opens");
        test(db.clone(), clock).await;
        db.close().await;
    }
}

/// Registers a partner with integrations of these short names.
pub async fn register(tx: &mut crate::Tx, partner: &str, slugs: &[&str]) -> (PartnerId, Vec<IntegrationId>) {
    let data = crate::partner::PartnerData {
        slug: Slug::parse(partner).expect("a short name"),
        name: PartnerName::parse(partner).expect("a name"),
        tier: Tier::Two,
        status: PartnerStatus::Active,
    };
    let partner = crate::partner::insert(tx, &data).await.expect("inserts");
    let mut integrations = Vec::new();
    for slug in slugs {
        let data = crate::integration::IntegrationData {
            slug: Slug::parse(&slug.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', ""))
                .expect("a short name"),
            name: IntegrationName::parse(slug).expect("a name"),
            description: Description::parse(slug).expect("a description"),
            layers: Layers::parse(["api"]).expect("a layer"),
        };
        integrations.push(crate::integration::insert(tx, partner, &data).await.expect("inserts"));
    }
    (partner, integrations)
}

/// Runs a statement on a database that need not be ours, past everything that guards ours.
pub async fn execute(fresh: &Fresh, sql: &'static str) {
    match &fresh.url {
        DatabaseUrl::Sqlite(options) => {
            let mut connection =
                sqlx::SqliteConnection::connect_with(&options.clone().create_if_missing(true)).await.expect("connects");
            sqlx::query(sql).execute(&mut connection).await.expect("runs");
            connection.close().await.expect("closes");
        }
        DatabaseUrl::Postgres(options) => {
            let mut connection = PgConnection::connect_with(options).await.expect("connects");
            sqlx::query(sql).execute(&mut connection).await.expect("runs");
            connection.close().await.expect("closes");
        }
    }
}
