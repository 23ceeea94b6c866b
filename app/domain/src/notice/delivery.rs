//! How a person wants to be told.

use chrono::{DateTime, Days, NaiveTime, Utc};

use crate::{Violation, words::words};

/// The hour at which digests go out, in UTC.
const DIGEST_HOUR: u32 = 7;

/// How a person wants to be told. Everything stands in their inbox, whatever they choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivery {
    /// An e-mail for each notice.
    #[default]
    AtOnce,
    /// One e-mail a day, if there is anything to tell.
    Digest,
    /// No e-mail.
    InboxOnly,
}

words!(Delivery { AtOnce = "at_once", Digest = "digest", InboxOnly = "inbox_only" });

impl Delivery {
    /// Reads what a form holds.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        Self::from_word(text)
            .ok_or_else(|| Violation::new("delivery", "missing", "Choose how you want to be told of what others did"))
    }

    /// The words on the form.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AtOnce => "An email for each notice",
            Self::Digest => "One email a day",
            Self::InboxOnly => "No email",
        }
    }

    /// What it means, beside them.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::AtOnce => "At once.",
            Self::Digest => "At 07:00 UTC, on days on which there is something new.",
            Self::InboxOnly => "Everything stands in your inbox.",
        }
    }

    /// When that which happens now is to be sent, if at all.
    #[must_use]
    pub fn due_at(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::AtOnce => Some(now),
            Self::Digest => Some(next_digest(now)),
            Self::InboxOnly => None,
        }
    }
}

/// The next instant at which digests go out, later than now.
fn next_digest(now: DateTime<Utc>) -> DateTime<Utc> {
    let hour = NaiveTime::from_hms_opt(DIGEST_HOUR, 0, 0).unwrap_or_default();
    let today = now.date_naive().and_time(hour).and_utc();
    if now < today { today } else { today + Days::new(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_goes_out_at_the_next_seven_in_the_morning() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let due = |text| Delivery::Digest.due_at(at(text)).unwrap();
        assert_eq!(due("2026-11-18T06:59:59Z"), at("2026-11-18T07:00:00Z"));
        assert_eq!(due("2026-11-18T07:00:00Z"), at("2026-11-19T07:00:00Z"));
        assert_eq!(due("2026-12-31T23:59:59Z"), at("2027-01-01T07:00:00Z"));
    }

    #[test]
    fn what_happens_now_is_sent_now_or_never_otherwise() {
        let now = "2026-11-18T09:42:00Z".parse().unwrap();
        assert_eq!(Delivery::default().due_at(now), Some(now));
        assert_eq!(Delivery::InboxOnly.due_at(now), None);
        assert_eq!(Delivery::parse("weekly").unwrap_err().field, "delivery");
    }
}
