//! A partner's appeals.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{AppealNotice, AppealPage, OwnAppeals};
