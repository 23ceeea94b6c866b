//! The day on which the boards look at a decision again: a chair of a board that took it sets it, both sides see it, and the
//! members are told once it has come.

mod lookup;
mod set;
mod tell_due;

pub use kwanus_store::revisit::RevisitRow;
pub use lookup::Revisit;
pub use set::set;
pub use tell_due::tell_due;

pub(crate) use lookup::lookup;
