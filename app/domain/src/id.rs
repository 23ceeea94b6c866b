//! Identifiers: UUIDs of version 7, one newtype a kind, so that one cannot stand where another is meant.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A UUID of version 7 from an instant, to the microsecond, and random bytes, both given by the caller.
///
/// The microseconds stand right behind the milliseconds (RFC 9562, §6.2, method 3), so that identifiers of different
/// microseconds sort as they were made.
#[must_use]
pub fn uuid_v7(at: DateTime<Utc>, random: [u8; 8]) -> Uuid {
    let micros = u64::try_from(at.timestamp_micros()).unwrap_or_default();
    let mut tail = [0; 10];
    // Twelve bits, after the four of the version.
    tail[..2].copy_from_slice(&u16::try_from(micros % 1000).unwrap_or_default().to_be_bytes());
    tail[2..].copy_from_slice(&random);
    uuid::Builder::from_unix_timestamp_millis(micros / 1000, &tail).into_uuid()
}

/// Declares an identifier newtype over [`Uuid`].
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self { Self(id) }
        }

        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> Self { id.0 }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
    };
}
pub(crate) use id;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_instant_sorts_after_an_earlier_one_whatever_the_randomness() {
        let at = |s: &str| s.parse::<DateTime<Utc>>().unwrap();
        let earlier = uuid_v7(at("2026-11-18T09:42:00.001001Z"), [0xff; 8]);
        let later = uuid_v7(at("2026-11-18T09:42:00.001002Z"), [0; 8]);
        assert!(earlier < later);
        assert_eq!(earlier.get_version_num(), 7);
    }
}
