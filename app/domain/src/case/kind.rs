//! What a case is about.

use crate::words::words;

/// The kinds of case; their word begins the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseKind {
    /// A partner justifies the permissions of an integration.
    PermissionJustification,
}

words!(CaseKind { PermissionJustification = "PJ" });

impl CaseKind {
    /// The words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::PermissionJustification => "Permission justification",
        }
    }

    /// The word in a list, where the rest is plain.
    pub const fn short_label(self) -> &'static str {
        match self {
            Self::PermissionJustification => "Justification",
        }
    }
}
