//! The pages of ballots.

mod closing;
mod concern;
mod docket;
mod position;

pub(crate) use closing::{ClosingForm, recall_closing};
pub(crate) use concern::{
    ConcernMemory, ConcernSection, ConditionSection, PartnerConcerns, recall_answers, recall_concerns,
};
pub(crate) use docket::{ApprovePage, DocketPage};
pub(crate) use position::{OnBehalf, PositionForm, UnsentPosition, recall_position};
