//! Meetings of boards: when they are held, their agenda, the packet for them, and their minutes.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{DeferSection, MeetingPage, MeetingsPage, MinutesPage, PacketPage, recall_deferral};
