//! Cases as the desk reads them.

mod facts;
mod history;
mod list;
mod lookup;
mod mine;
mod open;

pub use facts::{Facts, FrozenFinding, FrozenPermission, FrozenReview, FrozenSuspension};
pub use history::Occurrence;
pub use list::{CaseSearch, ListedCase, list};
pub use lookup::{Case, Declaration, Declared, Matter, lookup};
pub use mine::MyBallot;

pub(crate) use facts::freeze;
pub(crate) use open::{Proposer, open};

use kwanus_domain::ballot::missing;

use crate::ballot::BoardBallot;

/// What stands between the case and its decision, in one sentence; with names only for those who may know them.
pub(crate) fn missing_sentence(ballots: &[BoardBallot], is_named: bool) -> String {
    missing(&ballots.iter().map(|ballot| ballot.for_sentence(is_named)).collect::<Vec<_>>())
}
