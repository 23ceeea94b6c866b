//! The integrations.

mod add;
mod edit;
mod input;
mod lookup;

pub use add::add;
pub use edit::edit;
pub use input::IntegrationInput;
pub use lookup::{DecidedProposal, Integration, OpenSuspension, lookup};
