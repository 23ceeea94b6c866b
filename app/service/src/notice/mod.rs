//! What people are told: in an inbox each, and by e-mail as they choose.
//!
//! An action tells in its own transaction, by one line that calls a function of here, so that nobody is told of what never
//! happened and nothing that happened goes untold. E-mails are written and sent later, by a job.

mod about_case;
mod about_catalogue;
mod about_concern;
mod about_condition;
mod about_integration;
mod about_meeting;
mod about_request;
mod list;
mod mailer;
mod mark_read;
mod purge;
mod send_due;
mod set_delivery;
mod tell;

pub use list::{Inbox, Notice, Place, list};
pub use mailer::{Mail, Mailer};
pub use mark_read::{mark_all_read, mark_read};
pub use purge::purge;
pub use send_due::{Sent, send_due};
pub use set_delivery::set_delivery;

pub(crate) use about_case::{
    tell_decided, tell_extended, tell_opened, tell_reopened, tell_revisit, tell_submitted, tell_withdrawn,
};
pub(crate) use about_catalogue::tell_proposed;
pub(crate) use about_concern::{tell_closed, tell_raised, tell_said};
pub(crate) use about_condition::{tell_judged, tell_named, tell_overdue, tell_restored, tell_supplied, tell_withheld};
pub(crate) use about_integration::{tell_stage, tell_suspended, tell_suspension_ended};
pub(crate) use about_meeting::{tell_cancelled, tell_deferred, tell_planned, tell_recorded};
pub(crate) use about_request::{tell_answered, tell_answered_by_revision, tell_asked, tell_replied};
