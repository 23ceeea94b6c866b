//! The page of the policy, a file a section.

mod catalogue;
mod policy;
mod route;
mod rule;
mod specification;
mod stage;

pub(crate) use policy::PolicyPage;
