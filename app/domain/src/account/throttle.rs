//! How long to wait after failed attempts to sign in.
//!
//! Four counts slow a guesser down: of one address against one account, of one address against all accounts, of one site of
//! IPv6 against all accounts, and of everybody against one account. The last applies only to addresses that have
//! themselves failed against the account, so that nobody can lock a rightful person out from elsewhere. Accounts that do
//! not exist are counted alike.

use chrono::{DateTime, Duration, Utc};

/// A count with no new failure for this long is forgotten.
pub const THROTTLE_MEMORY: Duration = Duration::hours(2);
/// No wait is longer.
const LONGEST_WAIT: Duration = Duration::minutes(15);

/// How often something failed, and when last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// Failures in a row.
    pub count: u32,
    /// The last of them.
    pub last_at: DateTime<Utc>,
}

impl Failures {
    /// The wait that remains at `now` when `free` failures are forgiven: 1 s, 2 s, 4 s … up to 15 minutes, each counted
    /// from the last failure.
    fn wait(self, free: u32, now: DateTime<Utc>) -> Duration {
        let since = now - self.last_at;
        if self.count < free || since >= THROTTLE_MEMORY {
            return Duration::zero();
        }
        let delay = Duration::seconds(1_i64 << (self.count - free).min(10)).min(LONGEST_WAIT);
        (delay - since).max(Duration::zero())
    }
}

/// How long this address must wait before it may try this account again. Zero means now. A site is what one subscriber of
/// IPv6 is usually given, in which they have as many addresses as they like.
#[must_use]
pub fn wait_before_next_try(
    address_and_account: Option<Failures>,
    address: Option<Failures>,
    site: Option<Failures>,
    account: Option<Failures>,
    now: DateTime<Utc>,
) -> Duration {
    let wait =
        |failures: Option<Failures>, free| failures.map_or(Duration::zero(), |failures| failures.wait(free, now));
    let has_failed_here =
        address_and_account.is_some_and(|failures| failures.count >= 3 && now - failures.last_at < THROTTLE_MEMORY);
    let from_account = if has_failed_here { wait(account, 50) } else { Duration::zero() };
    wait(address_and_account, 5).max(wait(address, 20)).max(wait(site, 100)).max(from_account)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

    #[expect(clippy::unnecessary_wraps, reason = "as the rule takes it")]
    fn failures(count: u32) -> Option<Failures> {
        Some(Failures { count, last_at: NOW })
    }

    #[test]
    fn the_first_five_mistakes_are_free_and_then_the_wait_doubles() {
        let waits: Vec<_> =
            (4..=8).map(|n| wait_before_next_try(failures(n), None, None, None, NOW).num_seconds()).collect();
        assert_eq!(waits, [0, 1, 2, 4, 8]);
    }

    #[test]
    fn a_wait_passes_and_a_count_is_forgotten() {
        assert_eq!(wait_before_next_try(failures(8), None, None, None, NOW + Duration::seconds(8)), Duration::zero());
        assert_eq!(wait_before_next_try(failures(10_000), None, None, None, NOW), LONGEST_WAIT);
        assert_eq!(wait_before_next_try(failures(10_000), None, None, None, NOW + THROTTLE_MEMORY), Duration::zero());
    }

    #[test]
    fn one_site_with_ever_new_addresses_waits_as_well() {
        let wait = |site| wait_before_next_try(failures(1), failures(1), failures(site), failures(site), NOW);
        assert_eq!((wait(99), wait(100)), (Duration::zero(), Duration::seconds(1)));
    }

    #[test]
    fn one_address_trying_many_accounts_waits_as_well() {
        assert!(wait_before_next_try(None, failures(25), None, None, NOW) > Duration::zero());
    }

    proptest! {
        #[test]
        fn whatever_others_do_to_an_account_a_clean_address_may_try_at_once(count in 0u32..1_000_000, typos in 0u32..3) {
            prop_assert_eq!(wait_before_next_try(None, None, None, failures(count), NOW), Duration::zero());
            prop_assert_eq!(wait_before_next_try(failures(typos), failures(typos), failures(typos), failures(count), NOW), Duration::zero());
        }

        #[test]
        fn another_failure_never_shortens_the_wait(pair in 0u32..100, address in 0u32..100, site in 0u32..200, account in 0u32..100) {
            let wait = |a, b, c, d| wait_before_next_try(failures(a), failures(b), failures(c), failures(d), NOW);
            prop_assert!(wait(pair, address, site, account) <= wait(pair + 1, address + 1, site + 1, account + 1));
        }
    }
}
