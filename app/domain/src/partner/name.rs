//! What a partner is called.

use crate::{
    Violation,
    text::{line, text},
};

text! {
    /// A partner's name: 1 to 100 characters on one line.
    PartnerName
}

impl PartnerName {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        line("name", "Enter the partner's name", 100, text).map(Self)
    }
}
