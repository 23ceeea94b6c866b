//! An appeal, as typed.

use crate::{
    Violation,
    text::{prose, text},
};

/// The longest of each, in characters.
const LONGEST: usize = 2000;

text! {
    /// What was not known as the decision was taken, in prose of up to 2,000 characters.
    NewFacts
}

text! {
    /// What an appeal asks for, in prose of up to 2,000 characters.
    Relief
}

impl NewFacts {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("facts", "Say what is new since the decision", LONGEST, text).map(Self)
    }
}

impl Relief {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("relief", "Say what you ask for", LONGEST, text).map(Self)
    }
}

/// An appeal, as typed.
#[derive(Clone, Debug, Default)]
pub struct AppealInput {
    /// What is new.
    pub facts: String,
    /// What is asked for.
    pub relief: String,
}

impl AppealInput {
    /// What is new, and what is asked for; everything that is wrong with it otherwise.
    pub fn parse(&self) -> Result<(NewFacts, Relief), Vec<Violation>> {
        match (NewFacts::parse(&self.facts), Relief::parse(&self.relief)) {
            (Ok(facts), Ok(relief)) => Ok((facts, relief)),
            (facts, relief) => Err(facts.err().into_iter().chain(relief.err()).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appeal_needs_new_facts_and_says_what_it_asks_for() {
        let wrong = |facts: &str, relief: &str| {
            let wrong = AppealInput { facts: facts.into(), relief: relief.into() }.parse().err().unwrap_or_default();
            wrong.into_iter().map(|one| format!("{} {}", one.field, one.code)).collect::<Vec<_>>()
        };
        assert_eq!(wrong("", " "), ["facts missing", "relief missing"]);
        assert_eq!(wrong(&"a".repeat(2001), "Grant it"), ["facts too_long"]);
        assert_eq!(wrong(&"a".repeat(2000), "Grant it"), [""; 0]);
    }
}
