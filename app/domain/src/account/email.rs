//! The address by which a person signs in.

use crate::{Violation, text::text};

text! {
    /// An e-mail address in lower case: one `@`, something on both sides, no spaces or control characters, at most 254 bytes.
    /// Whether it can receive mail, only mail can tell.
    Email
}

impl Email {
    /// Reads what was typed; spaces around it are forgiven.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Err(Violation::new("email", "missing", "Enter your email address"));
        }
        let is_sound = text.len() <= 254
            && !text.contains(|c: char| c.is_whitespace() || c.is_control())
            && text.split_once('@').is_some_and(|(local, domain)| {
                !local.is_empty() && !domain.contains('@') && domain.split('.').all(|label| !label.is_empty())
            });
        if is_sound {
            Ok(Self(text))
        } else {
            Err(Violation::new("email", "malformed", "Enter an email address, like name@example.com"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_kept_in_lower_case_without_spaces_around_it() {
        assert_eq!(Email::parse("  Priya.Raman@Kwanus.Example ").unwrap().as_str(), "priya.raman@kwanus.example");
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in [
            "",
            "priya",
            "@kwanus.example",
            "priya@",
            "a@b@c",
            "a b@c.d",
            "a@b..c",
            "a\u{0}@b.c",
            &format!("{}@b.c", "a".repeat(255)),
        ] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn parsing_is_total_and_what_was_parsed_parses_to_itself(text in ".{0,80}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }
    }
}
