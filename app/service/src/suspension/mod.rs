//! Suspending an integration, or single grants of it, and lifting that. The Core Governance Board has the final word; where
//! waiting for it would do harm, a chair suspends at once, and it ratifies that or it lapses.

mod at_once;
mod conclude;
mod open;
mod propose;

pub use at_once::{AtOnceForm, lookup_at_once, suspend_at_once};
pub use kwanus_store::suspension::SuspensionRow;
pub use propose::{SuspensionProposal, lookup_lift, propose_lift};

pub(crate) use at_once::{chairs, offered_at_once};
pub(crate) use conclude::conclude;
pub(crate) use open::open_case;
