//! Cases as the desk reads them.

mod compare;
mod effect;
mod facts;
mod history;
mod informed;
mod list;
mod lookup;
mod mine;
mod open;
mod overtaken;
mod precedent;
mod read;
mod turn;

pub use compare::{ComparedRevision, Comparison, compare};
pub use effect::Effect;
pub use facts::{Facts, FrozenEvidence, FrozenFinding, FrozenPart, FrozenPermission, FrozenReview, FrozenSuspension};
pub use history::Occurrence;
pub use list::{CaseSearch, ListedCase, list};
pub use lookup::{Case, Declaration, Declared, DeclaredFinding, DeclaredPart, Matter, lookup};
pub use mine::MyBallot;
pub use precedent::{DecidedBefore, EarlierGrant, NarrowerEntry, Precedents};
pub use read::read;

pub(crate) use compare::compared;
pub(crate) use facts::freeze;
pub(crate) use informed::informed;
pub(crate) use mine::ballot_of_member;
pub(crate) use open::{Proposer, open, open_appeal};
pub(crate) use overtaken::{overtaken, reread};
pub(crate) use turn::turn_of;

use chrono::{DateTime, Utc};
use kwanus_domain::ballot::missing;

use crate::ballot::{BoardBallot, is_served};

/// What stands between the case and its decision, in one sentence; with names only for those who may know them.
pub(crate) fn missing_sentence(ballots: &[BoardBallot], is_named: bool, now: DateTime<Utc>) -> String {
    let told = |ballot: &BoardBallot| ballot.for_sentence(is_named, is_served(ballot, ballots), now);
    missing(&ballots.iter().map(told).collect::<Vec<_>>())
}
