//! A name that stands in URLs.

use crate::{Violation, text::text};

text! {
    /// One to forty small letters, digits and single hyphens: `copperline-legal`.
    Slug
}

impl Slug {
    /// Reads a slug exactly.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let is_sound = text.len() <= 40
            && text
                .split('-')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        if is_sound {
            Ok(Self(text.to_owned()))
        } else {
            Err(Violation::new("slug", "malformed", "Use small letters, digits and single hyphens, at most 40"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_safe_in_a_url() {
        assert!(["copperline-legal", "a", "7"].iter().all(|text| Slug::parse(text).is_ok()));
        assert!(
            ["", "-a", "a-", "a--b", "A", "a/b", "ä", &"a".repeat(41)].iter().all(|text| Slug::parse(text).is_err())
        );
    }
}
