//! Concerns on the pages of a case: what members object with, and what was said about it.

mod desk;
mod memory;
mod partner;
mod thread;

pub(crate) use desk::{ConcernSection, ConditionSection};
pub(crate) use memory::{ConcernMemory, recall_answers, recall_concerns};
pub(crate) use partner::PartnerConcerns;
