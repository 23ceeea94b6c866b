//! Meetings of boards: when they are held, what is deferred to them, who was present, and what their minutes say.

mod deferral;
mod minutes;
mod register;

pub use deferral::{DeferralData, DeferralRow, insert as insert_deferral, list_of_ballot, list_of_meeting};
pub use minutes::{list_notes, list_present, set_note, set_present};
pub use register::{
    MeetingData, MeetingRow, approve, cancel, hold, insert, list_past, list_planned, lookup, lookup_for_update,
    lookup_next, reschedule,
};
