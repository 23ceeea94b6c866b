//! What one administrator proposes and another one decides on: the catalogue, the rosters of the boards, the rules by which
//! they vote. Nobody owns every vote alone.

mod ruling;

pub use ruling::{ProposalState, Refusal, Ruling, dependence, independent_since};

/// How many proposals may wait for a second administrator: beyond, nobody keeps them in mind.
pub const MOST_OPEN: usize = 50;
