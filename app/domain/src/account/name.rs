//! What a person is called.

use serde::{Deserialize, Serialize};

use crate::Violation;

/// The longest name, in characters.
const LONGEST: usize = 100;

/// A person's name as records show it: 1 to 100 characters, single spaces, nothing invisible that could make it read as
/// another's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

impl PersonName {
    /// Reads what was typed; spaces around and doubled inside are forgiven.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Violation::new("name", "missing", "Enter your name"));
        }
        if name.chars().count() > LONGEST {
            return Err(Violation::new("name", "too_long", "Enter a name of at most 100 characters"));
        }
        if name.chars().any(|c| c.is_control() || is_invisible(c)) {
            return Err(Violation::new("name", "invisible", "Remove the invisible characters from the name"));
        }
        Ok(Self(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Zero-width and direction-changing characters, by which one name can be made to look like another. Joiners that
/// scripts need (U+200C, U+200D) stay.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{3164}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

impl TryFrom<String> for PersonName {
    type Error = String;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|violation| violation.message.into_owned())
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

impl std::fmt::Display for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_script_and_loses_its_extra_spaces() {
        for (typed, kept) in [("  Priya   Raman ", "Priya Raman"), ("محمد رضا", "محمد رضا"), ("李小龍", "李小龍")]
        {
            assert_eq!(PersonName::parse(typed).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn a_name_that_hides_something_is_refused() {
        for typed in [
            "",
            "  ",
            "Priya\u{202E}namaR",
            "Pri\u{200B}ya",
            "a\u{0007}",
            "\u{3164}",
            "Pri\u{61C}ya",
            "Priya\u{E0041}",
            &"a".repeat(101),
        ] {
            assert!(PersonName::parse(typed).is_err(), "{typed:?}");
        }
    }
}
