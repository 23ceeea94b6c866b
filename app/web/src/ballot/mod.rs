//! Ballots: what waits for whom, and taking positions.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{
    ClosingForm, ConcernMemory, ConcernSection, ConditionSection, DocketPage, PartnerConcerns, PositionForm,
    UnsentPosition, recall_answers, recall_closing, recall_concerns, recall_position,
};
