//! Changes that boards ask partners for, as each side reads and writes them.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{ChangesRequested, RequestNotice, RequestSection, recall_answers, recall_of_desk};
