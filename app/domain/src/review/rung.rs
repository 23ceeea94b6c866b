//! The ladder of a review.

use crate::{integration::Stage, words::words};

/// How an integration goes on after a review: from the mildest to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// As it is.
    Continue,
    /// As it is, if what the reason names is done.
    Conditions,
    /// Without the permissions that are named.
    Reduce,
    /// In Maintenance, on which the boards decide in a case of its own.
    Maintenance,
    /// Suspended, on which the boards decide in a case of its own.
    Suspend,
}

words!(Rung {
    Continue = "continue",
    Conditions = "conditions",
    Reduce = "reduce",
    Maintenance = "maintenance",
    Suspend = "suspend",
});

impl Rung {
    /// The words on the form.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Continue => "Continue",
            Self::Conditions => "Continue with conditions",
            Self::Reduce => "Reduce permissions",
            Self::Maintenance => "Move to Maintenance",
            Self::Suspend => "Suspend",
        }
    }

    /// What somebody did who recommends it: “Daniel Okafor recommended to continue”.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Continue => "recommended to continue",
            Self::Conditions => "recommended to continue with conditions",
            Self::Reduce => "recommended to reduce permissions",
            Self::Maintenance => "recommended Maintenance",
            Self::Suspend => "recommended to suspend",
        }
    }

    /// Whether it can be recommended of an integration in that stage, with so many grants: what changes nothing is no
    /// recommendation.
    #[must_use]
    pub const fn is_offered(self, stage: Stage, grants: usize, is_suspended: bool) -> bool {
        match self {
            Self::Continue | Self::Conditions => true,
            Self::Reduce => grants > 0,
            Self::Maintenance => matches!(stage, Stage::Active),
            Self::Suspend => !is_suspended && !matches!(stage, Stage::EndOfSupport),
        }
    }
}
