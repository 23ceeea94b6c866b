//! The partners.

mod add;
mod edit;
mod input;
mod list;
mod lookup;

pub use add::add;

pub use edit::edit;
pub use input::PartnerInput;
pub use list::{ListedPartner, list};
pub(crate) use lookup::find;
pub use lookup::{ListedIntegration, Partner, lookup};
