//! The catalogue of permissions.

mod catalogue;

pub use catalogue::{Catalogue, catalogue};
