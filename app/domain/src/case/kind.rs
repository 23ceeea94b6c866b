//! What a case is about.

use crate::words::words;

/// The kinds of case; their word begins the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseKind {
    /// A partner justifies the permissions of an integration.
    PermissionJustification,
    /// Somebody proposes that an integration moves to another stage.
    LifecycleTransition,
}

words!(CaseKind { PermissionJustification = "PJ", LifecycleTransition = "LT" });

impl CaseKind {
    /// The words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::PermissionJustification => "Permission justification",
            Self::LifecycleTransition => "Lifecycle transition",
        }
    }

    /// The word in a list, where the rest is plain.
    pub const fn short_label(self) -> &'static str {
        match self {
            Self::PermissionJustification => "Justification",
            Self::LifecycleTransition => "Transition",
        }
    }
}
