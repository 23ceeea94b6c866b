//! How a board decides: positions, how they are counted, and when a ballot is over. Pure: the outcome is a function of who
//! may take part, what they said of the revision before them, and the time; never of the order in which it arrived.

mod deadline;
mod mine;
mod missing;
mod outcome;
mod part;
mod reason;
mod routine;
mod stance;
mod tally;
mod urgency;

pub use deadline::{Deadline, EXTENSION_DAYS};
pub use mine::{Claim, why_mine};
pub(crate) use missing::listed;
pub use missing::{BoardTally, missing};
pub use outcome::{Counted, Outcome, outcome};
pub use part::{Part, Threshold};
pub use reason::Reason;
pub use routine::{AskedBefore, MOST_AT_ONCE, Singled, singled};
pub use stance::{Ask, Stance};
pub use tally::{Progress, Tally, Voter};
pub use urgency::Urgency;

crate::id::id! {
    /// A board's ballot on a case.
    BallotId
}

crate::id::id! {
    /// A position that a member took on a ballot.
    PositionId
}
