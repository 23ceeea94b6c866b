//! How fast a manifest is linted, from its text to what the rules find: 200 permissions within a millisecond, and 10,000 in
//! no more than so many times that. Fails where a limit is exceeded.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and may panic")]

use std::time::{Duration, Instant};

use kwanus_domain::{
    manifest::{Lint, lint},
    partner::Tier,
    permission::Catalogue,
};
use serde_json::{Value, json};

const FEW: u32 = 200;
const MANY: u32 = 10_000;
/// The limit for few, and of how much more each of many takes.
const LIMIT: Duration = Duration::from_millis(1);
const GROWTH: f64 = 1.3;
const ROUNDS: usize = 50;

/// A manifest of so many permissions, each justified, with what calls them; there are only so many that differ.
fn manifest(catalogue: &Catalogue, count: u32) -> String {
    let entries = catalogue.entries.iter().filter(|entry| !catalogue.is_forbidden(entry)).cycle().take(count as usize);
    let permission = |entry: &kwanus_domain::permission::Entry| {
        json!({
            "key": entry.key.to_string(),
            "fields": entry.fields.iter().map(|field| field.name.to_string()).collect::<Vec<_>>(),
            "purpose": "To show which debts are open, so that people know what to dispute next.",
            "narrower": "The number of debts alone does not say which of them are open.",
            "consent": "The first screen asks for it by name, each time.",
            "deletion": "A job deletes it each night; its log shows the rows.",
            "if_refused": "People type it in.",
            "retention_hours": 24,
            "until": "2027-03-31",
            "reason": "The person presses the button, and can undo it.",
        })
    };
    let permissions: Vec<Value> = entries.map(permission).collect();
    let endpoint = json!({ "path": "GET /v4/items", "permissions": ["read:items.status"], "rate_per_minute": 60 });
    let api = json!({
        "contract": "KWANUS API contract 4", "validates_permissions": true, "logs_calls": true, "endpoints": [endpoint]
    });
    json!({ "permissions": permissions, "api": api }).to_string()
}

/// The shortest of some rounds: what else the machine does only ever adds to a time.
fn shortest(text: &str, catalogue: &Catalogue) -> (Duration, Lint) {
    let today = "2026-11-18".parse().expect("a day");
    let round = || {
        let began = Instant::now();
        let found = lint(text, Tier::Three, catalogue, today);
        (began.elapsed(), found)
    };
    (0..ROUNDS).map(|_| round()).min_by_key(|(time, _)| *time).expect("a round")
}

fn main() {
    let catalogue = Catalogue::built_in().expect("the catalogue of the program");
    let of = |count| shortest(&manifest(&catalogue, count), &catalogue);
    let ((few, found), (many, _)) = (of(FEW), of(MANY));
    // Only so many permissions differ: that the others are there already is a fault of each.
    assert!(!found.findings.is_empty(), "it is read and judged");
    let each = |time: Duration, count: u32| time.as_secs_f64() * 1_000_000.0 / f64::from(count);
    let growth = each(many, MANY) / each(few, FEW);
    println!(
        "  lint         {FEW:>7} permissions   {:>8.2} ms   {:>5.2} µs each",
        few.as_secs_f64() * 1000.0,
        each(few, FEW)
    );
    println!(
        "  lint         {MANY:>7} permissions   {:>8.2} ms   {:>5.2} µs each",
        many.as_secs_f64() * 1000.0,
        each(many, MANY)
    );
    assert!(few <= LIMIT, "{FEW} permissions take {few:?}, limit {LIMIT:?}");
    assert!(growth < GROWTH, "each of {MANY} takes {growth:.2} times as long, limit {GROWTH}");
}
