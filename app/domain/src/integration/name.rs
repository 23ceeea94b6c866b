//! What an integration is called and does.

use crate::{
    Violation,
    text::{line, prose, text},
};

text! {
    /// An integration's name: 1 to 100 characters on one line.
    IntegrationName
}

impl IntegrationName {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        line("name", "Enter the integration's name", 100, text).map(Self)
    }
}

text! {
    /// What an integration does for people, in up to 1,000 characters.
    Description
}

impl Description {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("description", "Say what the integration does", 1000, text).map(Self)
    }
}
