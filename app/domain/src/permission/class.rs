//! How sensitive data is.

use crate::{Violation, text::text};

text! {
    /// The key of a data class, such as `item_summary`.
    ClassKey
}

impl ClassKey {
    /// Reads a key exactly.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            Ok(Self(text.to_owned()))
        } else {
            Err(Violation::new("class", "malformed", "Name a data class like item_summary"))
        }
    }
}

/// A data class. Four are forbidden to partners, whatever the reason (`PartnerIntegrationSpec` §7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataClass {
    /// Its key.
    pub key: ClassKey,
    /// Its name, as a finding calls it: `raw parsed items`.
    pub name: String,
    /// Whether no partner may have it.
    pub is_forbidden: bool,
    /// How long a partner may keep it at most when the boards allow it, in hours (`PartnerComplianceSpec`).
    pub ceiling_hours: i64,
}
