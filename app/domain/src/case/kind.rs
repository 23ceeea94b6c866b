//! What a case is about.

use crate::words::words;

/// The kinds of case; their word begins the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseKind {
    /// A partner justifies the permissions of an integration.
    PermissionJustification,
}

words!(CaseKind { PermissionJustification = "PJ" });
