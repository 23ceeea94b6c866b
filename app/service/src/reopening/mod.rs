//! Reopening what was declined: one member of a board that decided says what is new, a second one confirms it, and a case of
//! its own opens in its place. What was decided stays as it was.

mod confirm;
mod lookup;
mod open;
mod propose;

pub use confirm::confirm;
pub use lookup::{ProposedReopening, Reopening};
pub use propose::propose;

pub(crate) use lookup::{lookup, standing};
