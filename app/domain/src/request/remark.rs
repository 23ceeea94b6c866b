//! What is said in a thread.

use crate::{
    Violation,
    text::{prose, text},
    words::words,
};

/// The longest remark, in characters.
const LONGEST: usize = 2000;

text! {
    /// What somebody writes into a thread, in prose of up to 2,000 characters, kept in the record.
    Remark
}

impl Remark {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("text", "Write what you want to say", LONGEST, text).map(Self)
    }
}

/// Whose side somebody speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The board that asks.
    Board,
    /// The partner who is asked.
    Partner,
}

words!(Side { Board = "board", Partner = "partner" });

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// In words.
    Text(Remark),
    /// By submitting another revision of what is asked about.
    Revision(i64),
}
