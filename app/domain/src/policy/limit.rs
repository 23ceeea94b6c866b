//! Limits where the specification is silent: the defaults, with their source.

use chrono::{Datelike, Months, NaiveDate};

use crate::{
    declaration::Retention,
    partner::Tier,
    permission::{Entry, Kind},
};

/// Data kept no longer than this is allowed without being weighed (`PartnerComplianceSpec`).
pub const SHORT_RETENTION: Retention = Retention::hours(24);

/// The last day on which a grant that is decided today can still hold: 6 months, and 12 for tier-1 reads.
#[must_use]
pub fn longest_grant(entry: &Entry, today: NaiveDate) -> NaiveDate {
    let months = if entry.kind() == Kind::Read && entry.tier == Tier::One { 12 } else { 6 };
    today.checked_add_months(Months::new(months)).unwrap_or_else(|| {
        // Beyond the calendar there is no later day.
        NaiveDate::from_ymd_opt(today.year(), 12, 31).unwrap_or(today)
    })
}
