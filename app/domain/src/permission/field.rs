//! What a permission reaches.

use serde::{Deserialize, Serialize};

use super::{ClassKey, key::is_path};
use crate::{Violation, text::text};

text! {
    /// `resource.field`, such as `items.opened_date`.
    FieldName
}

impl FieldName {
    /// Reads a name exactly.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if text.len() <= 80 && text.contains('.') && is_path(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Violation::new("fields", "malformed", "Name a field like items.status"))
        }
    }
}

/// A field that the OS holds, in its data class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: FieldName,
    /// How sensitive it is.
    pub class: ClassKey,
}
