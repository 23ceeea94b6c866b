//! What can happen to a case: the words that the histories, the reference and the real service share.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::ballot::Stance;

pub type Who = usize;
/// The boards in their order; the last has the final word.
pub type Board = usize;
pub const CGB: Board = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Majority,
    TwoThirds,
    Unanimity,
    Count(usize),
}

/// More than one share where a board serves for several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub shares: Vec<Share>,
    pub blocks: bool,
    pub days: i64,
    pub minimum: i64,
}

#[derive(Clone, Debug)]
pub struct Term {
    pub who: Who,
    pub board: Board,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    pub chairs: bool,
}

/// What somebody does, or what happens. Concerns are numbered from 1.
#[derive(Clone, Debug)]
pub enum Act {
    Take { who: Who, board: Board, stance: Stance, raised: usize, held: BTreeSet<usize>, revision: i64 },
    Resolve { who: Who, concern: usize },
    Overrule { who: Who, concern: usize },
    Reply { who: Who, concern: usize },
    Close { who: Who, board: Board },
    Revise,
    Withdraw { revision: i64 },
    Bar { who: Who },
    Join { board: Board, from: NaiveDate },
    Leave { who: Who, board: Board, last: NaiveDate },
    Rewrite { board: Board, rule: Rule },
    Wait { until: DateTime<Utc> },
    Look,
}
