//! The catalogue of permissions: reading it, and changing it by two administrators.

mod catalogue;
mod decide_change;
mod effect;
mod list_closed;
mod lookup_proposal;
mod policy;
mod propose_change;

pub use catalogue::{CatalogueDesk, lookup_catalogue};
pub use decide_change::decide_change;
pub use effect::Effect;
pub use kwanus_store::permission::{Made, ProposalRow, VersionRow};
pub use list_closed::list_closed;
pub use lookup_proposal::{Proposal, lookup_proposal};
pub use policy::{Policy, policy};
pub use propose_change::propose_change;
