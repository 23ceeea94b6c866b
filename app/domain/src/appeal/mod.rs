//! Appeals: a partner asks the boards to look again at what they declined or revoked, once, with new facts; and reopening,
//! where two members do; and the day on which they do by themselves.

mod input;
mod kind;
mod reopen;
mod revisit;
mod window;

pub use input::{AppealInput, NewFacts, Relief};
pub use kind::Appealed;
pub use reopen::{CONFIRMATION_DAYS, Reopens, lapses_at};
pub use revisit::parse_revisit;
pub use window::{APPEAL_DAYS, Window};
