//! Ballots: what waits for whom, and taking positions.

pub mod api;
pub mod clear;
#[cfg(feature = "hydrate")]
mod follow;
pub mod island;
#[cfg(feature = "hydrate")]
mod keys;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{
    ApprovePage, ClosingForm, ConcernMemory, ConcernSection, ConditionSection, DocketPage, OnBehalf, PartnerConcerns,
    PositionForm, UnsentPosition, recall_answers, recall_closing, recall_concerns, recall_position,
};
