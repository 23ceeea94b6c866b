//! A password that somebody wants to use from now on.

use std::fmt;

use super::{Email, PersonName};
use crate::Violation;

/// The fewest characters a password has.
const SHORTEST: usize = 12;
/// The most characters a password has: enough for any passphrase, and a bound on what is hashed.
const LONGEST: usize = 1000;

/// A new password: 12 to 1,000 characters of any kind, and not the person's own name or address. There are no rules of
/// composition. That it is not on the list of breached ones is asked by the service, which has the list.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword(String);

impl NewPassword {
    /// Reads a password exactly as typed or pasted.
    pub fn parse(text: &str, email: &Email, name: &PersonName) -> Result<Self, Violation> {
        let length = text.chars().count();
        if text.is_empty() {
            return Err(Violation::new("password", "missing", "Enter a new password"));
        }
        if length < SHORTEST {
            return Err(Violation::new("password", "too_short", "Use at least 12 characters"));
        }
        if length > LONGEST {
            return Err(Violation::new("password", "too_long", "Use at most 1,000 characters"));
        }
        let plain = text.trim().to_lowercase();
        if plain == email.as_str() || plain == name.as_str().to_lowercase() {
            return Err(Violation::new(
                "password",
                "personal",
                "Use a password that is not your name or email address",
            ));
        }
        if text.chars().all(|c| text.starts_with(c)) {
            return Err(Violation::new("password", "repeated", "Use more than one character, repeated"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The password itself: to be hashed, never kept.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<NewPassword, Violation> {
        NewPassword::parse(
            text,
            &Email::parse("priya.raman@kwanus.example").unwrap(),
            &PersonName::parse("Priyanka Raman").unwrap(),
        )
    }

    #[test]
    fn twelve_characters_of_any_kind_will_do() {
        for text in
            ["twelve chars", "пароль пароль", "  leading and trailing  ", &"x1".repeat(40), &"long ".repeat(200)]
        {
            assert_eq!(parse(text).unwrap().expose(), text);
        }
    }

    #[test]
    fn short_endless_personal_and_repeated_ones_are_refused() {
        for (text, code) in [
            ("", "missing"),
            ("eleven char", "too_short"),
            (&*"x1".repeat(501), "too_long"),
            ("Priya.Raman@kwanus.example", "personal"),
            ("priyanka raman", "personal"),
            ("aaaaaaaaaaaaaa", "repeated"),
        ] {
            assert_eq!(parse(text).unwrap_err().code, code, "{text:?}");
        }
    }

    #[test]
    fn debugging_shows_nothing() {
        assert!(!format!("{:?}", parse("correct horse battery").unwrap()).contains("horse"));
    }
}
