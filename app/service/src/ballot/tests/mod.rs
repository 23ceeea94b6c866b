//! Random histories of cases, lived through by the service on both databases and by a reference that says the rules of
//! ballots once more: after each act, both must have allowed the same, and stand the same.
//!
//! `KWANUS_HISTORIES` says how many there are on each database, `KWANUS_SEED` the seed of the first one. A history that
//! fails is told in its shortest form with its seed; `KWANUS_SEED=… KWANUS_HISTORIES=1` lives through it again.

mod act;
mod allowed;
mod chance;
mod history;
mod live;
mod lived;
mod reference;
mod seen;
mod world;

use kwanus_store::testing::Fresh;

#[test]
fn any_history_goes_on_sqlite_as_the_rules_say() {
    live::all(async || Fresh::sqlite());
}

#[test]
fn any_history_goes_on_postgres_as_the_rules_say() {
    live::all(async || Fresh::postgres().await);
}
