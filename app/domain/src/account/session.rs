//! How long a session lives.

use chrono::{DateTime, Duration, Utc};

/// A session that nobody used for this long is over.
pub const IDLE_LIMIT: Duration = Duration::minutes(90);
/// A session is over this long after signing in, however busy it is.
pub const LIFETIME: Duration = Duration::hours(12);
/// Use is written down at most this often, so that reading pages does not mean writing to disk.
pub const TOUCH_INTERVAL: Duration = Duration::minutes(1);

/// Whether a session begun at `created_at` and last used at `seen_at` still counts at `now`.
#[must_use]
pub fn is_session_live(created_at: DateTime<Utc>, seen_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < created_at + LIFETIME && now < seen_at + IDLE_LIMIT
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_session_once_over_never_comes_back(idle in 0i64..200, age in 0i64..2000, later in 0i64..2000) {
            let start = DateTime::<Utc>::UNIX_EPOCH;
            let seen = start + Duration::minutes(age);
            let now = seen + Duration::minutes(idle);
            if !is_session_live(start, seen, now) {
                prop_assert!(!is_session_live(start, seen, now + Duration::minutes(later)));
            }
        }
    }

    #[test]
    fn a_session_ends_ninety_minutes_after_its_last_use_and_twelve_hours_after_its_first() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let minute = Duration::minutes(1);
        assert!(is_session_live(start, start, start + IDLE_LIMIT - minute));
        assert!(!is_session_live(start, start, start + IDLE_LIMIT));
        assert!(!is_session_live(start, start + LIFETIME - minute, start + LIFETIME));
    }
}
