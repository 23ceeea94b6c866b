//! What becomes of an e-mail that was not taken.

use chrono::Duration;

use crate::words::words;

/// How often an e-mail is tried in all: with the waits between, for about three days.
const MOST_TRIES: i64 = 20;
/// The wait after the first try.
const FIRST_WAIT: Duration = Duration::minutes(1);
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::hours(6);

/// Why an e-mail was not taken, in a word: what a server says can name what it should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Failure {
    /// The server did not answer, or not as it should.
    Unreachable,
    /// The server asks to come back later.
    Deferred,
    /// The server refuses it, or us.
    Refused,
    /// The address is none that mail can be sent to.
    Unaddressable,
    /// Nobody is to have it any more: the person was barred, or wants no e-mail.
    Unwanted,
}

words!(Failure {
    Unreachable = "unreachable",
    Deferred = "deferred",
    Refused = "refused",
    Unaddressable = "unaddressable",
    Unwanted = "unwanted",
});

impl Failure {
    /// Whether another try may succeed. What a server refuses may be our own settings, which somebody mends.
    #[must_use]
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::Unreachable | Self::Deferred | Self::Refused)
    }
}

/// How long to wait after that many tries that failed: twice as long each time, within bounds. Nothing once it is given up.
#[must_use]
pub fn wait_after(tries: i64) -> Option<Duration> {
    if tries >= MOST_TRIES {
        return None;
    }
    let doubled = u32::try_from(tries - 1).ok().and_then(|times| 2i32.checked_pow(times));
    Some(doubled.and_then(|factor| FIRST_WAIT.checked_mul(factor)).map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_bound_and_end_after_three_days() {
        let minutes = |tries| wait_after(tries).map(|wait| wait.num_minutes());
        assert_eq!([1, 2, 3, 9, 10, 19].map(minutes), [1, 2, 4, 256, 360, 360].map(Some));
        assert_eq!((minutes(20), minutes(i64::MAX)), (None, None));
        let all: i64 = (1..20).filter_map(minutes).sum();
        assert!((2 * 24 * 60..4 * 24 * 60).contains(&all), "{all}");
    }

    #[test]
    fn what_nobody_can_mend_is_not_tried_again() {
        assert!(Failure::Refused.may_pass() && Failure::Unreachable.may_pass() && Failure::Deferred.may_pass());
        assert!(!Failure::Unwanted.may_pass() && !Failure::Unaddressable.may_pass());
    }
}
