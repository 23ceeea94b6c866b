//! How the whole stands.

mod lookup;

pub use lookup::{BoardLoad, Month, Overview, StageShare, lookup};
