//! The boards.

mod docket;
mod list;

pub use docket::{Docket, docket};
pub use list::{Board, list};
