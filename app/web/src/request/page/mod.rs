//! What pages show of requests.

mod desk;
mod memory;
mod partner;
mod thread;

pub(crate) use desk::RequestSection;
pub(crate) use memory::{recall_answers, recall_of_desk};
pub(crate) use partner::{ChangesRequested, RequestNotice};
