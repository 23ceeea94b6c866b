//! Slowing down whoever guesses passwords.

use std::net::IpAddr;

use chrono::Duration;
use kwanus_domain::account::wait_before_next_try;
use kwanus_store::{Tx, account::failure};
use sha2::{Digest, Sha256};

use crate::Result;

/// The counts that an attempt belongs to. Kept as hashes; whoever holds the table can still try addresses out.
pub(super) struct Throttle {
    pair: [u8; 32],
    address: [u8; 32],
    site: Option<[u8; 32]>,
    account: [u8; 32],
}

/// What an attempt meets.
pub(super) enum Entry {
    /// It goes on.
    Open,
    /// It waits.
    Refused {
        /// How long still.
        wait: Duration,
        /// Whether nothing was refused since the last attempt that counted: this one is for the log.
        is_first: bool,
    },
}

impl Throttle {
    /// The counts of an attempt on `account` from `address`.
    pub(super) fn new(account: &str, address: &str) -> Self {
        let key = |kind: &str, parts: [&str; 2]| Sha256::digest(format!("{kind}\n{}\n{}", parts[0], parts[1])).into();
        let (network, site) = networks(address);
        Self {
            pair: key("pair", [account, &network]),
            address: key("address", [&network, ""]),
            site: site.map(|site| key("site", [&site, ""])),
            account: key("account", [account, ""]),
        }
    }

    /// Refuses while there is a wait; otherwise counts the attempt as failed beforehand, so that a thousand at once are
    /// counted before the first is known to be wrong.
    pub(super) async fn enter(&self, tx: &mut Tx) -> Result<Entry> {
        // In this order everywhere, or two attempts wait for each other.
        let keys = [Some(&self.account), self.site.as_ref(), Some(&self.address), Some(&self.pair)];
        for key in keys.into_iter().flatten() {
            failure::lock(tx, key).await?;
        }
        let wait = self.wait(tx).await?;
        if wait > Duration::zero() {
            let is_first = failure::mark_refused(tx, &self.address).await?;
            return Ok(Entry::Refused { wait, is_first });
        }
        for key in keys.into_iter().flatten() {
            failure::count(tx, key).await?;
        }
        Ok(Entry::Open)
    }

    /// How long the next attempt has to wait.
    pub(super) async fn wait(&self, tx: &mut Tx) -> Result<Duration> {
        let site = match &self.site {
            Some(site) => failure::lookup(tx, site).await?,
            None => None,
        };
        Ok(wait_before_next_try(
            failure::lookup(tx, &self.pair).await?,
            failure::lookup(tx, &self.address).await?,
            site,
            failure::lookup(tx, &self.account).await?,
            tx.now(),
        ))
    }

    /// The attempt was right after all.
    pub(super) async fn succeed(&self, tx: &mut Tx) -> Result<()> {
        for key in [Some(&self.account), self.site.as_ref(), Some(&self.address)].into_iter().flatten() {
            failure::uncount(tx, key).await?;
        }
        Ok(failure::forget(tx, &self.pair).await?)
    }
}

/// What counts as one address, and the site that it is in: of IPv6 the first 64 bits and the first 48, since whoever has one
/// address has all of those; otherwise the address itself, which is in no site.
fn networks(address: &str) -> (String, Option<String>) {
    match address.parse() {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            (format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"), Some(format!("{a:x}:{b:x}:{c:x}::/48")))
        }
        _ => (address.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_of_ipv6_is_one_address_within_its_site() {
        let (one, other) = (networks("2001:db8:1:2:aaaa::1"), networks("2001:db8:1:2::7"));
        assert_eq!(one, other);
        let neighbour = networks("2001:db8:1:3::1");
        assert!(one.0 != neighbour.0 && one.1 == neighbour.1);
        assert_ne!(one.1, networks("2001:db8:2::1").1);
        assert_eq!(networks("192.0.2.1"), ("192.0.2.1".to_owned(), None));
    }
}
