//! A name that stands in URLs.

use serde::{Deserialize, Serialize};

use crate::Violation;

/// One to forty small letters, digits and single hyphens: `copperline-legal`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

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

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = String;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|violation| violation.message.into_owned())
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
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
