//! The partners.

mod list;

pub use list::{Page, Partner, list};
