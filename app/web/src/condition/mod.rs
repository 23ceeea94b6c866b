//! Conditions that bind: what a partner shows, and what their owners say of it.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{
    BoundConditions, ConditionMemory, PartnerConditions, condition_state, recall_judged, recall_supplied,
};
