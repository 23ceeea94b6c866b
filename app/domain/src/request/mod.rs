//! A change that a board asks the partner for, about a permission or a whole case, and the thread that comes of it. It
//! decides nothing. With it or without, a case says whose turn it is, and by when.

mod anchor;
mod due;
mod remark;
mod state;
mod turn;

pub use anchor::Anchor;
pub use due::answer_by;
pub use remark::{Remark, Said, Side};
pub use state::{IsResolved, RequestState};
pub use turn::{Awaited, Pending, Situation, turn};

/// How many requests of one case may wait to be resolved: beyond, nobody could answer them in one go.
pub const MOST_UNRESOLVED: usize = 50;
/// How many entries a thread takes.
pub const MOST_ENTRIES: usize = 50;

crate::id::id! {
    /// A change that a board asks for.
    RequestId
}
