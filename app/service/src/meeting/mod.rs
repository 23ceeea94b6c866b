//! Meetings of boards: planning them, deferring cases to them, the agenda that follows, attendance, minutes, and the positions
//! that a secretary records for members who were present. A meeting moves no date: ballots close when they would have.

mod agenda;
mod approve_minutes;
mod cancel;
mod defer;
mod deferrals_of_case;
mod hold;
mod input;
mod list;
mod lookup;
mod markdown;
mod plan;
mod record_position;
mod recordable;
mod reschedule;
mod right;
mod set_attendance;
mod set_note;

pub use agenda::{AgendaItem, Deferred};
pub use approve_minutes::approve_minutes;
pub use cancel::cancel;
pub use defer::defer;
pub use deferrals_of_case::{CaseDeferral, deferrals_of_case};
pub use hold::hold;
pub use input::MeetingInput;
pub use kwanus_store::meeting::MeetingRow;
pub use list::{Meetings, list};
pub use lookup::{Item, Meeting, Minuted, lookup};
pub use markdown::{agenda_markdown, minutes_markdown};
pub use plan::plan;
pub use record_position::record_position;
pub use recordable::recordable;
pub use reschedule::reschedule;
pub use set_attendance::set_attendance;
pub use set_note::set_note;

pub(crate) use agenda::build;
