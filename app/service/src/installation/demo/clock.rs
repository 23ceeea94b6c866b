//! The time of the story, and its chance: both the same every time it is told.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, Utc};

use crate::Environment;

/// A clock that is set, and dice that always fall alike.
#[derive(Debug)]
pub(super) struct StoryClock {
    micros: AtomicI64,
    dice: AtomicU64,
}

impl StoryClock {
    pub(super) fn at(now: DateTime<Utc>) -> Self {
        Self { micros: AtomicI64::new(now.timestamp_micros()), dice: AtomicU64::new(0x6b77_616e_7573) }
    }

    pub(super) fn set(&self, now: DateTime<Utc>) {
        self.micros.store(now.timestamp_micros(), Ordering::Relaxed);
    }

    /// Takes other dice; answers those that lay there, to be put back.
    pub(super) fn take_other_dice(&self) -> u64 {
        self.dice.fetch_xor(0x7265_7175_6573_7473, Ordering::Relaxed)
    }

    /// Puts dice back.
    pub(super) fn put_back(&self, dice: u64) {
        self.dice.store(dice, Ordering::Relaxed);
    }

    /// The next throw: a number below `below` (`SplitMix64`).
    pub(super) fn throw(&self, below: usize) -> usize {
        let state = self.dice.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or_default() % below.max(1)
    }
}

impl Environment for StoryClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.micros.load(Ordering::Relaxed)).unwrap_or_default()
    }

    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = u8::try_from(self.throw(256)).unwrap_or_default();
        }
    }
}
