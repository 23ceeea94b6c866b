//! Suspending an integration, or single grants of it, and lifting that. All of it is reversible: nothing is revoked.

mod act;
mod extent;
mod input;

pub use act::{Act, Change};
pub use extent::{Extent, Offered};
pub use input::{AtOnceInput, ExtentInput, LiftInput};

/// Within how many days what was suspended at once is ratified, to the minute: after that it lapses by itself.
pub const RATIFICATION_DAYS: i64 = 7;
