//! By what a content is known.

use std::fmt;

/// The SHA-256 of a content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Its first twelve digits: enough for a person to tell one from another.
    #[must_use]
    pub fn short(self) -> String {
        let mut hex = self.to_string();
        hex.truncate(12);
        hex
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 digits in lower case, as they are written, and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let mut bytes = [0; 32];
        for (n, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2).filter(|_| is_plain)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl From<[u8; 32]> for ContentHash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_but_64_digits_is_one() {
        let whole = "0123456789abcdef".repeat(4);
        assert_eq!(ContentHash::parse(&whole).unwrap().short(), "0123456789ab");
        for text in ["", "../../etc/passwd", &whole[1..], &whole.to_uppercase(), &format!("{whole}0")] {
            assert_eq!(ContentHash::parse(text), None, "{text}");
        }
        assert_eq!(ContentHash::parse(&"é".repeat(32)), None);
    }

    proptest! {
        #[test]
        fn it_reads_as_it_is_written(bytes: [u8; 32]) {
            let hash = ContentHash::from(bytes);
            prop_assert_eq!(ContentHash::parse(&hash.to_string()), Some(hash));
        }
    }
}
