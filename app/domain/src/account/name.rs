//! What a person is called.

use crate::{
    Violation,
    text::{line, text},
};

text! {
    /// A person's name as records show it: 1 to 100 characters, single spaces, nothing invisible that could make it read as
    /// another's.
    PersonName
}

impl PersonName {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        line("name", "Enter a name", 100, text).map(Self)
    }
}
