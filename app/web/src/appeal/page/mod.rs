//! The pages of appeals, and what other pages say of them.

mod clock;
mod form;
mod made;

pub(crate) use clock::{AppealNotice, OwnAppeals};
pub(crate) use form::AppealPage;
