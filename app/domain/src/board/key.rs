//! How a board is named everywhere: by its monogram.

use crate::{Violation, text::text};

text! {
    /// A board's key, two to six small letters such as `sco`. Boards are data; the four of the specification are seeded.
    BoardKey
}

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

    /// `SCO`, as on its tile.
    pub fn monogram(&self) -> String {
        self.0.to_ascii_uppercase()
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
