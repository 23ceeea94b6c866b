//! Conditions once they bind: their partner shows that they are met, their owner says whether they are, and time does the rest.

mod accept;
mod bind;
mod escalate;
mod escalate_due;
mod judges;
mod return_evidence;
mod step;
mod supply;
mod thread;

pub use accept::accept;
pub use escalate_due::escalate_due;
pub use return_evidence::return_evidence;
pub use step::Stepped;
pub use supply::{EvidenceInput, supply};
pub use thread::{BoundCondition, ConditionStep};

pub(crate) use escalate::escalate;
pub(crate) use step::take as take_step;
pub(crate) use thread::bound;

pub(in crate::ballot) use bind::bind;
