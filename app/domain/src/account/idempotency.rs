//! The name that a program gives to one request, by which it may be sent again and is done once.

use crate::{Violation, text::text};

text! {
    /// 1 to 200 visible ASCII characters.
    IdempotencyKey
}

impl IdempotencyKey {
    /// Reads what was sent, exactly.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let is_sound = (1..=200).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if is_sound {
            Ok(Self(text.to_owned()))
        } else {
            Err(Violation::new("idempotency_key", "malformed", "Send 1 to 200 visible ASCII characters"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_and_short() {
        for text in ["1", "8e03978e-40d5-43dd-bc93-6894a57f9324", "~!\"", &"k".repeat(200)] {
            assert_eq!(IdempotencyKey::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "a b", "a\n", "ä", &"k".repeat(201)] {
            assert!(IdempotencyKey::parse(text).is_err(), "{text:?}");
        }
    }
}
