//! How much a partner's users may upload in a day.

use chrono::{DateTime, Duration, DurationRound, Utc};

use super::MOST_BYTES_OF_SUBMISSION;

/// How much the users of a partner may upload in any 24 hours, in bytes, whatever they remove of it: ten submissions of the
/// largest size. What is removed stays on the disk for a day, so that attaching and removing in a circle would fill it.
pub const MOST_BYTES_OF_DAY: u64 = 10 * MOST_BYTES_OF_SUBMISSION;

/// For how long what was uploaded within an hour counts, from the beginning of that hour: 24 hours for the last of it, too.
pub const UPLOAD_MEMORY: Duration = Duration::hours(25);

/// What a disk gives at least, in bytes: a great many small files fill it as well.
const BLOCK: u64 = 4096;

/// What the users of a partner uploaded within an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadHour {
    /// When the hour began.
    pub began_at: DateTime<Utc>,
    /// How much it was, in whole blocks of a disk.
    pub bytes: u64,
}

impl UploadHour {
    /// A file of that size, and the hour in which it came.
    #[must_use]
    pub fn of(at: DateTime<Utc>, bytes: u64) -> Self {
        Self { began_at: at.duration_trunc(Duration::hours(1)).unwrap_or(at), bytes: bytes.next_multiple_of(BLOCK) }
    }

    /// Until when it counts.
    #[must_use]
    pub fn counts_until(self) -> DateTime<Utc> {
        self.began_at + UPLOAD_MEMORY
    }
}

/// When a file of that size can be uploaded beside what came within these hours, the oldest first; nothing where it can be at
/// once.
#[must_use]
pub fn upload_again_at(hours: &[UploadHour], bytes: u64) -> Option<DateTime<Utc>> {
    let all = hours.iter().map(|hour| hour.bytes).sum::<u64>() + bytes.next_multiple_of(BLOCK);
    let mut over = all.saturating_sub(MOST_BYTES_OF_DAY);
    let mut again_at = None;
    for hour in hours {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(hour.bytes);
        again_at = Some(hour.counts_until());
    }
    again_at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::evidence::MOST_BYTES_OF_FILE;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::<Utc>::UNIX_EPOCH + Duration::hours(hours)
    }

    #[test]
    fn a_file_counts_from_the_beginning_of_its_hour_in_whole_blocks() {
        let hour = UploadHour::of(at(9) + Duration::minutes(42), 1);
        assert_eq!(hour, UploadHour { began_at: at(9), bytes: 4096 });
        assert_eq!(hour.counts_until(), at(34));
        assert_eq!(UploadHour::of(at(9), 8192).bytes, 8192);
    }

    #[test]
    fn what_fits_may_come_at_once_and_what_does_not_when_enough_no_longer_counts() {
        let hours = [UploadHour::of(at(1), MOST_BYTES_OF_FILE), UploadHour::of(at(5), 40 * MOST_BYTES_OF_FILE)];
        assert_eq!(upload_again_at(&[], MOST_BYTES_OF_FILE), None);
        assert_eq!(upload_again_at(&hours, 9 * MOST_BYTES_OF_FILE), None);
        assert_eq!(upload_again_at(&hours, 9 * MOST_BYTES_OF_FILE + 1), Some(at(26)));
        assert_eq!(upload_again_at(&hours, 10 * MOST_BYTES_OF_FILE + 1), Some(at(30)));
    }

    proptest! {
        #[test]
        fn at_the_time_that_is_told_it_can_be_uploaded_and_not_a_second_before(
            hours in proptest::collection::btree_map(0..30_i64, 0..=MOST_BYTES_OF_DAY, 0..8),
            bytes in 0..=MOST_BYTES_OF_FILE,
        ) {
            let hours: Vec<_> = hours.into_iter().map(|(hour, bytes)| UploadHour::of(at(hour), bytes)).collect();
            let counting = |at: DateTime<Utc>| {
                hours.iter().copied().filter(|hour| hour.counts_until() > at).collect::<Vec<_>>()
            };
            if let Some(again_at) = upload_again_at(&hours, bytes) {
                prop_assert_eq!(upload_again_at(&counting(again_at), bytes), None);
                prop_assert!(upload_again_at(&counting(again_at - Duration::seconds(1)), bytes).is_some());
            }
        }
    }
}
