//! What a request is about.

use crate::{Violation, permission::PermissionKey};

/// The word in a form for a whole case.
const WHOLE: &str = "whole";

/// What a request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The whole case.
    Whole,
    /// One of its permissions.
    Permission(PermissionKey),
}

impl Anchor {
    /// Reads what a form holds: `whole`, or a permission's key. That it is declared is another question.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        match text {
            WHOLE => Ok(Self::Whole),
            key => PermissionKey::parse(key).map(Self::Permission).map_err(|_| Self::unknown()),
        }
    }

    /// What is wrong with one that the case does not know.
    #[must_use]
    pub const fn unknown() -> Violation {
        Violation::new("about", "unknown", "Choose the whole case, or one of the permissions that it declares")
    }

    /// The word in a form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.key().map_or(WHOLE, PermissionKey::as_str)
    }

    /// The permission that it is about, if it is about one.
    #[must_use]
    pub const fn key(&self) -> Option<&PermissionKey> {
        match self {
            Self::Whole => None,
            Self::Permission(key) => Some(key),
        }
    }
}

impl From<Option<PermissionKey>> for Anchor {
    fn from(key: Option<PermissionKey>) -> Self {
        key.map_or(Self::Whole, Self::Permission)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_reads_as_it_is_written_and_nothing_else_is_one() {
        for word in ["whole", "read:items.status"] {
            assert_eq!(Anchor::parse(word).unwrap().as_str(), word);
        }
        for word in ["", "Whole", "read:*", "<script>"] {
            assert_eq!(Anchor::parse(word).unwrap_err().field, "about", "{word}");
        }
    }
}
