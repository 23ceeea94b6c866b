//! Conditions that bind, on the pages of a case.

mod desk;
mod field;
mod memory;
mod partner;
mod thread;

pub(crate) use desk::BoundConditions;
pub(crate) use memory::{ConditionMemory, recall_judged, recall_supplied};
pub(crate) use partner::PartnerConditions;
pub(crate) use thread::condition_state;
