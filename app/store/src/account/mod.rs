//! People, their sessions, their one-time links, their tokens, and what failed to be them.

pub mod failure;
pub mod idempotency;
pub mod link;
pub mod person;
pub mod session;
pub mod token;
