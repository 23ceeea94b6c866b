//! People, their sessions, their one-time links, and what failed to be them.

pub mod failure;
pub mod link;
pub mod person;
pub mod session;
