//! People, their sessions, their one-time links, their tokens, the filters that they keep, and what failed to be them.

pub mod failure;
pub mod filter;
pub mod idempotency;
pub mod link;
pub mod person;
pub mod session;
pub mod token;
