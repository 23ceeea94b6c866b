//! The pages of suspensions.

mod at_once;
mod extent;
mod lift;

pub(crate) use at_once::AtOncePage;
pub(crate) use lift::SuspensionPage;
