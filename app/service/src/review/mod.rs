//! Reviews: opening rounds of them when they are due, what each looks at, and what it comes to.

mod apply;
mod calendar;
mod matter;
mod open_due;
mod schedule;

pub use calendar::{BoardShare, Calendar, Campaign, calendar, lookup_campaign};
pub use matter::{PastReview, ReviewMatter, ReviewedGrant};
pub use open_due::open_due;
pub use schedule::{ScheduleInput, schedule};

pub(crate) use apply::{apply, concluded};
pub(crate) use matter::{check, list_past, lookup};
pub(crate) use open_due::open_next;
