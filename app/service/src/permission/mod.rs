//! The catalogue of permissions.

mod policy;

pub use policy::{Policy, policy};
