//! Meetings of boards (`PartnerIntegrationSpec` §11): when one is held, what is on its agenda, which cases are deferred to it, and
//! whose positions its secretary may record. Silence approves nothing there either: a meeting moves no closing date.

mod agenda;
mod deferral;
mod input;
mod markdown;
mod recording;
mod state;

pub use agenda::{Candidate, DUE_DAYS, Why, agenda, due_until};
pub use deferral::{DeferralId, may_defer};
pub use input::{LATE_DAYS, MeetingPlace, MinutesNote, parse_start};
pub use markdown::{escape_block, escape_line};
pub use recording::{Recording, may_record};
pub use state::{MeetingId, MeetingState};
