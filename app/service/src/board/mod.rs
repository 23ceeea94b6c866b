//! The boards.

mod list;

pub use list::{Board, list};
