//! How a board is named everywhere: by its monogram.

use serde::{Deserialize, Serialize};

use crate::Violation;

/// A board's key, two to six small letters such as `sco`. Boards are data; the four of the specification are seeded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BoardKey(String);

impl BoardKey {
    /// Reads a key or a monogram.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let key = text.trim().to_ascii_lowercase();
        if (2..=6).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase()) {
            Ok(Self(key))
        } else {
            Err(Violation::new("board", "malformed", "Name a board by its monogram, such as SCO"))
        }
    }

    /// `sco`, as in URLs and data.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `SCO`, as on its tile.
    pub fn monogram(&self) -> String {
        self.0.to_ascii_uppercase()
    }
}

impl TryFrom<String> for BoardKey {
    type Error = String;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|violation| violation.message.into_owned())
    }
}

impl From<BoardKey> for String {
    fn from(key: BoardKey) -> Self {
        key.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_monogram_and_a_key_are_the_same_board() {
        assert_eq!(BoardKey::parse("SCO"), BoardKey::parse(" sco "));
        assert_eq!(BoardKey::parse("sco").unwrap().monogram(), "SCO");
        assert!(["", "s", "s-o", "seventh", "sç"].iter().all(|text| BoardKey::parse(text).is_err()));
    }
}
