//! What a case is about.

use crate::{ballot::Ask, words::words};

/// The kinds of case; their word begins the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseKind {
    /// A partner justifies the permissions of an integration.
    PermissionJustification,
    /// Somebody proposes that an integration moves to another stage.
    LifecycleTransition,
    /// An integration is reviewed in a quarter.
    QuarterlyReview,
    /// An integration is reviewed in a year.
    AnnualReview,
    /// An integration, or a grant of it, is to be suspended or was at once, or its suspension is to be lifted.
    Suspension,
    /// A partner appeals what the boards declined or revoked.
    Appeal,
}

words!(CaseKind {
    PermissionJustification = "PJ",
    LifecycleTransition = "LT",
    QuarterlyReview = "QR",
    AnnualReview = "AR",
    Suspension = "EM",
    Appeal = "AP",
});

impl CaseKind {
    /// The words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::PermissionJustification => "Permission justification",
            Self::LifecycleTransition => "Lifecycle transition",
            Self::QuarterlyReview => "Quarterly review",
            Self::AnnualReview => "Annual review",
            Self::Suspension => "Suspension",
            Self::Appeal => "Appeal",
        }
    }

    /// The word in a list, where the rest is plain.
    pub const fn short_label(self) -> &'static str {
        match self {
            Self::PermissionJustification => "Justification",
            Self::LifecycleTransition => "Transition",
            Self::QuarterlyReview => "Quarterly review",
            Self::AnnualReview => "Annual review",
            Self::Suspension => "Suspension",
            Self::Appeal => "Appeal",
        }
    }

    /// What its ballots ask of their members.
    #[must_use]
    pub const fn ask(self) -> Ask {
        match self {
            Self::PermissionJustification | Self::LifecycleTransition | Self::Suspension | Self::Appeal => {
                Ask::Approval
            }
            Self::QuarterlyReview | Self::AnnualReview => Ask::Ladder,
        }
    }
}
