//! The executable as an operator meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod export;
mod life;
mod lint;
mod log;
mod mail;
mod person;
mod program;
mod refusal;
