//! How fast positions are taken where many are at once: 500 members, 500 cases, 64 connections. None may be lost, and each case
//! is decided once, by the last of its positions.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use kwanus_service::Db;
use kwanus_store::testing::Fresh;
use reqwest::{Client, header, redirect::Policy};

use crate::{analyze, data, ms, serve};

const CASES: usize = 500;
/// Of each of two boards.
const MEMBERS: usize = 250;
const CONNECTIONS: usize = 64;
/// How many members of each board speak on a case. With the one who had, they are as many as must approve.
const SPEAKERS: usize = 20;
const POSITIONS: usize = 2 * SPEAKERS * CASES;

/// What is posted: by whom, on which case.
#[derive(Clone, Copy)]
struct Vote {
    member: usize,
    case: usize,
}

impl Vote {
    fn board(self) -> &'static str {
        if self.member < MEMBERS { "tsc" } else { "sco" }
    }
}

/// Every member speaks on as many cases, no two of them in the same order, and neighbours in time are often on one case.
fn votes() -> Vec<Vote> {
    let mut votes: Vec<_> = (0..POSITIONS)
        .map(|n| {
            let (case, speaker) = (n / (2 * SPEAKERS), n % (2 * SPEAKERS));
            let (board, place) = (speaker / SPEAKERS, speaker % SPEAKERS);
            Vote { member: board * MEMBERS + (case * SPEAKERS + place) % MEMBERS, case }
        })
        .collect();
    // A fixed shuffle of groups: what comes at once is on a handful of cases, as when a meeting works through its list.
    votes.sort_by_key(|vote| (vote.case / 8, (vote.member * 7919 + vote.case * 104_729) % 65_537));
    votes
}

fn reason(n: usize) -> String {
    format!("Narrow enough: {n}")
}

/// The cookie of somebody who signed in.
async fn cookie(client: &Client, base: &str, email: &str) -> String {
    let fields = [("email", email), ("password", "demonstration-only")];
    let request = client.post(format!("{base}/do/sign_in")).form(&fields);
    let answer = request.header("origin", base).header("sec-fetch-site", "same-origin").send().await.unwrap();
    assert_eq!(answer.headers()["location"], "/", "{email} signs in");
    let set = answer.headers().get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
    let cookies: Vec<_> = set.filter_map(|cookie| cookie.split(';').next()).collect();
    cookies.join("; ")
}

/// Runs `once` for every number, so many at a time; answers how long each took, and all together.
async fn at_once<F, O>(count: usize, once: F) -> (Vec<Duration>, Duration)
where
    F: Fn(usize) -> O + Send + Sync + 'static,
    O: Future<Output = ()> + Send,
{
    let (once, next) = (Arc::new(once), Arc::new(AtomicUsize::new(0)));
    let began = Instant::now();
    let runners: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (once, next) = (Arc::clone(&once), Arc::clone(&next));
            tokio::spawn(async move {
                let mut times = Vec::new();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count {
                        return times;
                    }
                    let began = Instant::now();
                    once(n).await;
                    times.push(began.elapsed());
                }
            })
        })
        .collect();
    let mut times = Vec::with_capacity(count);
    for runner in runners {
        times.extend(runner.await.unwrap());
    }
    times.sort_unstable();
    (times, began.elapsed())
}

fn line(what: &str, (times, took): &(Vec<Duration>, Duration)) {
    let count = times.len();
    println!(
        "  {what:<24} {:>6.0} a second at {CONNECTIONS} connections   {:>6.1} ms median {:>6.1} ms p99",
        f64::from(u32::try_from(count).unwrap()) / took.as_secs_f64(),
        ms(times[count / 2]),
        ms(times[count * 99 / 100])
    );
}

/// Takes all positions through HTTP, and writes as many bare rows, each in a transaction of its own on the same database.
pub async fn measure(name: &str, fresh: &Fresh) -> Vec<String> {
    println!("{name}: {} members take {POSITIONS} positions on {CASES} cases", 2 * MEMBERS);
    let server = serve(fresh).await;
    data::members(&server.db, MEMBERS).await;
    data::open_cases(&server.db, 1, i64::try_from(CASES).unwrap()).await;
    data::need(&server.db, SPEAKERS + 1).await;
    analyze(&server.db, fresh).await;

    let client = Client::builder().redirect(Policy::none()).pool_max_idle_per_host(CONNECTIONS).build().unwrap();
    let mut cookies = Vec::with_capacity(2 * MEMBERS);
    for n in 0..2 * MEMBERS {
        cookies.push(cookie(&client, &server.base, &format!("member-{}@bench.example", n + 1)).await);
    }
    let (base, votes) = (server.base.clone(), votes());
    let taken = at_once(POSITIONS, move |n| {
        let vote = votes[n];
        let case = format!("PJ-2026-{:04}", vote.case + 1);
        let reason = reason(n);
        let fields = [
            ("case", &*case),
            ("board", vote.board()),
            ("revision", "1"),
            ("position", "approve"),
            ("reason", &reason),
        ];
        let request = client.post(format!("{base}/do/take_position")).form(&fields);
        let request = request.header(header::COOKIE, &cookies[vote.member]);
        let request = request.header("origin", &base).header("sec-fetch-site", "same-origin");
        async move {
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 303, "{case}");
        }
    })
    .await;
    line("positions", &taken);

    let wrong = counted(&server.db).await;
    let mut tx = server.db.write().await.unwrap();
    tx.query("CREATE TABLE bare (n BIGINT PRIMARY KEY, reason TEXT NOT NULL)").execute().await.unwrap();
    tx.commit().await.unwrap();
    let db = server.db.clone();
    let inserted = at_once(POSITIONS, move |n| {
        let db = db.clone();
        async move {
            let mut tx = db.write().await.unwrap();
            let insert = tx.query("INSERT INTO bare (n, reason) VALUES ($1, $2)").bind(i64::try_from(n).unwrap());
            insert.bind(reason(n)).execute().await.unwrap();
            tx.commit().await.unwrap();
        }
    })
    .await;
    line("a bare INSERT", &inserted);
    server.stop().await;
    wrong.into_iter().map(|wrong| format!("{name}: {wrong}")).collect()
}

/// What is there afterwards: every position that was answered, and one decision a case.
async fn counted(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    let mut counts = BTreeMap::new();
    for (what, sql, expected) in [
        ("positions", "SELECT COUNT(*) FROM position WHERE reason IS NOT NULL AND superseded_at IS NULL", POSITIONS),
        ("events of positions", "SELECT COUNT(*) FROM audit_event WHERE kind = 'position_taken'", POSITIONS),
        ("cases that were carried", "SELECT COUNT(*) FROM review_case WHERE state = 'carried'", CASES),
        ("decisions", "SELECT COUNT(*) FROM decision WHERE outcome = 'carried'", CASES),
        ("events of decisions", "SELECT COUNT(*) FROM audit_event WHERE kind = 'decided'", CASES),
        ("grants", "SELECT COUNT(*) FROM permission_grant", 2 * CASES),
    ] {
        let (count,): (i64,) = tx.query(sql).one().await.unwrap();
        counts.insert(what, (usize::try_from(count).unwrap(), expected));
    }
    let wrong = counts.into_iter().filter(|(_, (count, expected))| count != expected);
    let wrong: Vec<_> = wrong.map(|(what, (count, expected))| format!("{count} {what}, of {expected}")).collect();
    if wrong.is_empty() {
        println!("  {POSITIONS} positions, none lost; {CASES} cases, each decided once");
    }
    wrong
}
