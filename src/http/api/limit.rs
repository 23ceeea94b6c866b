//! How often one client may ask.
//!
//! Each client may ask so many times at once, and gets one request back each second (the generic cell rate algorithm). It is
//! written here and not taken from `governor`: by the clock of the process tests need not wait, the table of clients never
//! grows beyond its bound, and every answer says what is left.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    http::{HeaderName, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};

use crate::http::{Shared, problem::Problem, visit};

/// So many requests may come at once.
const BURST: u32 = 60;
/// After so long one more may come.
const PERIOD: Duration = Duration::from_secs(1);
/// So many clients are told apart. Beyond that newcomers count as one, until others have been quiet for a minute.
const MOST_CLIENTS: usize = 10_000;
const NEWCOMERS: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Each client with the time at which it owes nothing any more.
#[derive(Debug, Default)]
pub(in crate::http) struct Limiter(Mutex<HashMap<IpAddr, DateTime<Utc>>>);

/// What a client gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Allowance {
    /// Whether this request is one of those that it may make.
    is_allowed: bool,
    /// How many more it may make at once.
    remaining: u64,
    /// The seconds until it may make all of them again.
    reset: u64,
}

/// Refuses clients that ask too often, and tells all of them how often they may still ask.
pub(in crate::http) async fn limit(
    State((shared, limiter)): State<(Shared, Arc<Limiter>)>,
    request: Request,
    next: Next,
) -> Response {
    let address = visit::address_of(&shared.config, request.extensions(), request.headers());
    let client = address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let Allowance { is_allowed, remaining, reset } = limiter.ask(subscriber(client), shared.environment.now());
    let mut response = if is_allowed { next.run(request).await } else { Problem::TooOften.into_response() };
    let headers = response.headers_mut();
    headers.insert(LIMIT, BURST.into());
    headers.insert(REMAINING, remaining.into());
    headers.insert(RESET, reset.into());
    if !is_allowed {
        headers.insert(header::RETRY_AFTER, PERIOD.as_secs().into());
    }
    response
}

/// What counts as one client: an address, and of IPv6 the first 64 bits, within which one subscriber has as many addresses
/// as they like.
fn subscriber(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => Ipv6Addr::from_bits((address.to_bits() >> 64) << 64).into(),
    }
}

impl Limiter {
    /// Counts a request of that client at that time.
    fn ask(&self, client: IpAddr, now: DateTime<Utc>) -> Allowance {
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if clients.len() >= MOST_CLIENTS {
            clients.retain(|_, free_at| *free_at > now);
        }
        let is_told_apart = clients.len() < MOST_CLIENTS || clients.contains_key(&client);
        let free_at = clients.entry(if is_told_apart { client } else { NEWCOMERS }).or_insert(now);
        let most = PERIOD * BURST;
        // Never more than everything, even where the clock was set back.
        let owed = (*free_at - now).to_std().unwrap_or_default().min(most);
        let is_allowed = owed + PERIOD <= most;
        let owed = if is_allowed { owed + PERIOD } else { owed };
        *free_at = now + owed;
        Allowance {
            is_allowed,
            remaining: most.saturating_sub(owed).as_secs() / PERIOD.as_secs(),
            reset: owed.as_secs() + u64::from(owed.subsec_nanos() > 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn start() -> DateTime<Utc> {
        "2026-11-18T09:42:00Z".parse().unwrap()
    }

    #[test]
    fn a_client_may_ask_sixty_times_at_once_and_then_once_a_second() {
        let (limiter, client, other) = (Limiter::default(), [192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let mut now = start();
        for asked in 1..=60 {
            let allowance = limiter.ask(client, now);
            assert_eq!(allowance, Allowance { is_allowed: true, remaining: 60 - asked, reset: asked });
        }
        let refused = Allowance { is_allowed: false, remaining: 0, reset: 60 };
        assert_eq!(limiter.ask(client, now), refused);
        assert!(limiter.ask(other, now).is_allowed, "nobody else pays for it");
        now += TimeDelta::milliseconds(999);
        assert_eq!(limiter.ask(client, now), refused);
        now += TimeDelta::milliseconds(1);
        assert!(limiter.ask(client, now).is_allowed);
        assert!(!limiter.ask(client, now).is_allowed);
        now += TimeDelta::minutes(1);
        assert_eq!(limiter.ask(client, now).remaining, 59);
    }

    #[test]
    fn a_clock_that_was_set_back_bars_nobody_for_longer() {
        let (limiter, client) = (Limiter::default(), [192, 0, 2, 1].into());
        limiter.ask(client, start());
        let earlier = start() - TimeDelta::hours(1);
        assert!(!limiter.ask(client, earlier).is_allowed);
        assert!(limiter.ask(client, earlier + TimeDelta::seconds(1)).is_allowed);
    }

    #[test]
    fn however_many_come_the_table_stays_small_and_those_in_it_keep_their_place() {
        let limiter = Limiter::default();
        let known = [192, 0, 2, 1].into();
        limiter.ask(known, start());
        for client in 0..12_000 {
            limiter.ask(Ipv4Addr::from_bits(client).into(), start());
        }
        assert!(limiter.0.lock().unwrap().len() <= MOST_CLIENTS + 1);
        assert_eq!(limiter.ask(known, start()).remaining, 58);
        assert!(!limiter.ask([198, 51, 100, 1].into(), start()).is_allowed, "newcomers count as one");
        let later = start() + TimeDelta::minutes(2);
        assert_eq!(limiter.ask([198, 51, 100, 1].into(), later).remaining, 59);
        assert_eq!(limiter.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_subscriber_of_ipv6_is_one_client() {
        let of = |address: &str| subscriber(address.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
