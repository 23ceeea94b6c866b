//! Whether bytes that come piece by piece are plain text.

use std::ops::RangeInclusive;

/// The continuation bytes of UTF-8.
const CONTINUATION: RangeInclusive<u8> = 0x80..=0xBF;

/// Whether what was read so far is the beginning of text: UTF-8 without control characters but tabs and line breaks. It holds
/// where it is within a character, so that it makes no difference how the bytes are cut.
#[derive(Clone, Debug)]
pub(super) struct Plain {
    is_broken: bool,
    /// How many bytes of the character are still to come, and what the next of them may be.
    awaited: u8,
    next: RangeInclusive<u8>,
}

impl Default for Plain {
    fn default() -> Self {
        Self { is_broken: false, awaited: 0, next: CONTINUATION }
    }
}

impl Plain {
    pub(super) fn read(&mut self, piece: &[u8]) {
        for byte in piece {
            if self.is_broken {
                return;
            }
            self.step(*byte);
        }
    }

    /// Whether all of it is text, and no character is cut off.
    pub(super) const fn is_text(&self) -> bool {
        !self.is_broken && self.awaited == 0
    }

    /// By the table of well-formed sequences in the Unicode Standard, §3.9.
    fn step(&mut self, byte: u8) {
        if self.awaited > 0 {
            self.is_broken = !self.next.contains(&byte);
            (self.awaited, self.next) = (self.awaited - 1, CONTINUATION);
            return;
        }
        (self.awaited, self.next) = match byte {
            b'\t' | b'\n' | b'\r' | 0x20..=0x7F => return,
            0xC2..=0xDF => (1, CONTINUATION),
            0xE0 => (2, 0xA0..=0xBF),
            0xED => (2, 0x80..=0x9F),
            0xE1..=0xEF => (2, CONTINUATION),
            0xF0 => (3, 0x90..=0xBF),
            0xF1..=0xF3 => (3, CONTINUATION),
            0xF4 => (3, 0x80..=0x8F),
            _ => {
                self.is_broken = true;
                return;
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_text(bytes: &[u8], cut: usize) -> bool {
        let mut plain = Plain::default();
        bytes.chunks(cut).for_each(|piece| plain.read(piece));
        plain.is_text()
    }

    /// The same by the standard library.
    fn is_text_whole(bytes: &[u8]) -> bool {
        let is_foreign = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
        std::str::from_utf8(bytes).is_ok_and(|text| !text.contains(is_foreign))
    }

    #[test]
    fn a_character_that_is_cut_off_is_no_text() {
        assert!(is_text("Löschung 证 🗑".as_bytes(), 1));
        assert!(!is_text(&"Löschung 证 🗑".as_bytes()[..17], 4));
        assert!(!is_text(b"a\0b", 2) && !is_text(&[0xFF, 0xFE, b'a', 0], 4));
    }

    proptest! {
        #[test]
        fn it_is_what_the_standard_library_says_however_it_is_cut(bytes: Vec<u8>, text in ".{0,20}", cut in 1..7_usize) {
            for bytes in [&bytes[..], text.as_bytes(), &[text.as_bytes(), &bytes].concat()] {
                prop_assert_eq!(is_text(bytes, cut), is_text_whole(bytes));
            }
        }

        #[test]
        fn so_it_is_at_the_edges_of_utf_8(bytes in proptest::collection::vec(
            prop_oneof![Just(0xC1_u8), Just(0xC2), Just(0xE0), Just(0xED), Just(0xEF), Just(0xF0), Just(0xF4), Just(0xF5), 0x7E..0xC1_u8],
            0..5,
        )) {
            prop_assert_eq!(is_text(&bytes, 1), is_text_whole(&bytes));
        }
    }
}
