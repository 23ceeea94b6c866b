//! Time and chance, given from outside, so that a test can hold the one and know the other.

use std::fmt::Debug;

use chrono::{DateTime, Utc};

/// Where instants and random bytes come from. The process has the real one; tests have their own.
pub trait Environment: Debug + Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
    /// Fills `bytes` with unpredictable ones.
    fn fill(&self, bytes: &mut [u8]);
}
