//! How a permission is named.

use super::Kind;
use crate::{Violation, text::text};

text! {
    /// `kind:resource` or `kind:resource.name`, such as `read:items.status`: small letters, digits and underscores between
    /// single dots. That the catalogue holds it is another question.
    PermissionKey
}

impl PermissionKey {
    /// Reads a key exactly.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let is_sound = text.len() <= 80
            && text.split_once(':').is_some_and(|(kind, path)| Kind::from_word(kind).is_some() && is_path(path));
        if is_sound {
            Ok(Self(text.to_owned()))
        } else {
            Err(Violation::new("permission", "malformed", "Name a permission like read:items.status"))
        }
    }

    /// What it lets a partner do.
    pub fn kind(&self) -> Kind {
        // The only way in is `parse`, which has seen the word.
        self.0.split(':').next().and_then(Kind::from_word).unwrap_or(Kind::Read)
    }

    /// On what: `items`.
    pub fn resource(&self) -> &str {
        let path = self.0.split_once(':').map_or("", |(_, path)| path);
        path.split('.').next().unwrap_or(path)
    }
}

/// Small letters, digits and underscores between single dots.
pub(super) fn is_path(text: &str) -> bool {
    let is_word = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    text.split('.').all(is_word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_tells_its_kind_and_its_resource() {
        let key = PermissionKey::parse("intelligence:bureau.summary").unwrap();
        assert_eq!((key.kind(), key.resource()), (Kind::Intelligence, "bureau"));
        assert_eq!(PermissionKey::parse("read:items").unwrap().resource(), "items");
    }

    #[test]
    fn no_wildcard_and_nothing_like_one_is_a_key() {
        for text in [
            "",
            "*",
            "read:*",
            "read:items.*",
            "read:.",
            "read:items.",
            "read:Items",
            "read:items.<any>",
            "read:items status",
            "delete:items",
            "items.status",
            "read:items:status",
            "read:ïtems",
        ] {
            assert!(PermissionKey::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn reading_is_total(text in ".{0,40}") {
            if let Ok(key) = PermissionKey::parse(&text) {
                prop_assert!(key.as_str().starts_with(key.kind().as_str()) && !key.resource().is_empty());
            }
        }
    }
}
