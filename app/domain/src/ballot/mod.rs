//! How a board decides: positions, how they are counted, and when a ballot is over. Pure: the outcome is a function of who
//! may take part, what they said of the revision before them, and the time; never of the order in which it arrived.

mod binding;
mod concern;
mod condition;
mod deadline;
mod mine;
mod missing;
mod outcome;
mod part;
mod reason;
mod recusal;
mod routine;
mod rule;
mod stance;
mod tally;
mod threshold;
mod urgency;

pub use binding::{Binding, ConditionAct, ConditionState, Escalation, GRACE_DAYS, Judge, Judging, Presence, binds};
pub use concern::{ConcernName, ConcernState, MOST_RAISED, Resolver, is_overruled, overruling};
pub use condition::{Condition, ConditionText, MOST_NAMED, parse_due};
pub use deadline::{Deadline, EXTENSION_DAYS};
pub use mine::{Claim, why_mine};
pub(crate) use missing::listed;
pub use missing::{BoardTally, OpenConcern, missing};
pub use outcome::{Counted, Outcome, outcome};
pub use part::Part;
pub use reason::Reason;
pub use recusal::Recusal;
pub use routine::{AskedBefore, MOST_AT_ONCE, Singled, singled};
pub use rule::{LONGEST_DAYS, Rule};
pub use stance::{Ask, Stance};
pub use tally::{Progress, Tally, Voter};
pub use threshold::{FEWEST_APPROVALS, MOST_APPROVALS, Threshold};
pub use urgency::Urgency;

crate::id::id! {
    /// A board's ballot on a case.
    BallotId
}

crate::id::id! {
    /// A position that a member took on a ballot.
    PositionId
}

crate::id::id! {
    /// A concern that somebody raised on a ballot.
    ConcernId
}

crate::id::id! {
    /// A condition that somebody named with a position.
    ConditionId
}
