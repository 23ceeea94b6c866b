//! What is true in KWANUS Governance: values, rules and states, pure and without IO, so that the server, the command
//! line and the browser share one truth. Nothing here reads a clock or rolls a die: time and randomness are arguments.
//!
//! To add a feature, add one folder named like the feature in the other rooms. Parse what people type into a newtype at
//! the edge ([`Violation`] says what is wrong, beside which field), write states as enums whose transitions return
//! `Result`, and let the tests stand beneath the type.

pub mod account;
pub mod appeal;
pub mod audit;
pub mod ballot;
pub mod board;
pub mod case;
pub mod catalogue;
mod count;
pub mod declaration;
pub mod evidence;
pub mod grant;
mod id;
pub mod integration;
pub mod lifecycle;
pub mod manifest;
pub mod meeting;
pub mod notice;
pub mod partner;
pub mod permission;
pub mod policy;
pub mod proposal;
pub mod request;
pub mod review;
mod sought;
pub mod suspension;
mod text;
pub mod time;
mod violation;
mod words;

pub use count::Count;
pub use id::uuid_v7;
pub use sought::{Sought, fold};
pub use violation::Violation;
#[cfg(feature = "schema")]
pub use words::one_of;
