//! The partners.

mod count;
mod list;

pub use count::count;
pub use list::{Page, Partner, list};
