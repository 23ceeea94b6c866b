//! Slowing down whoever guesses passwords.

use std::net::IpAddr;

use chrono::Duration;
use kwanus_domain::account::wait_before_next_try;
use kwanus_store::{Tx, account::failure};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// The three counts that an attempt belongs to. Kept as hashes, so that the table names nobody.
pub(super) struct Throttle {
    pair: [u8; 32],
    address: [u8; 32],
    account: [u8; 32],
}

impl Throttle {
    /// The counts of an attempt on `account` from `address`.
    pub(super) fn new(account: &str, address: &str) -> Self {
        let address = &network(address);
        let key = |kind: &str, parts: [&str; 2]| Sha256::digest(format!("{kind}\n{}\n{}", parts[0], parts[1])).into();
        Self {
            pair: key("pair", [account, address]),
            address: key("address", [address, ""]),
            account: key("account", [account, ""]),
        }
    }

    /// Refuses while there is a wait; otherwise counts the attempt as failed beforehand, so that a thousand at once are
    /// counted before the first is known to be wrong.
    pub(super) async fn enter(&self, tx: &mut Tx) -> Result<()> {
        let keys = [&self.account, &self.address, &self.pair];
        for key in keys {
            failure::lock(tx, key).await?;
        }
        let wait = self.wait(tx).await?;
        if wait > Duration::zero() {
            return Err(Error::Wait(wait));
        }
        for key in keys {
            failure::count(tx, key).await?;
        }
        Ok(())
    }

    /// How long the next attempt has to wait.
    pub(super) async fn wait(&self, tx: &mut Tx) -> Result<Duration> {
        Ok(wait_before_next_try(
            failure::lookup(tx, &self.pair).await?,
            failure::lookup(tx, &self.address).await?,
            failure::lookup(tx, &self.account).await?,
            tx.now(),
        ))
    }

    /// The attempt was right after all.
    pub(super) async fn succeed(&self, tx: &mut Tx) -> Result<()> {
        failure::uncount(tx, &self.account).await?;
        failure::uncount(tx, &self.address).await?;
        Ok(failure::forget(tx, &self.pair).await?)
    }
}

/// What counts as one address: all of it, or of IPv6 the first 64 bits, since whoever has one has all of those.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_of_ipv6_is_one_address() {
        assert_eq!(network("2001:db8:1:2:aaaa::1"), network("2001:db8:1:2::7"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
    }
}
