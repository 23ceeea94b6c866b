//! The page of the policy, a file a section.

mod catalogue;
mod policy;
mod route;
mod rule;
mod specification;
mod stage;
mod voting;
mod would_differ;

pub(crate) use policy::PolicyPage;
pub(crate) use would_differ::WouldDifferNotice;
