//! Changing what KWANUS OS offers: an administrator proposes, another one approves, and the catalogue gets its next version.
//! Whatever they agree on, the floors of the specification hold (`PartnerIntegrationSpec` §3, §6, §7).

mod change;
mod check;
mod difference;
mod input;

pub use change::Change;
pub use difference::differences;
pub use input::{ChangeInput, What};

crate::id::id! {
    /// A proposed change of the catalogue.
    ProposalId
}
