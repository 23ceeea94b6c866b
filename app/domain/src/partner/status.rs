//! Whether a partner takes part.

use crate::words::words;

/// Whether a partner takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartnerStatus {
    /// Its users may declare and submit.
    Active,
    /// It keeps its records and begins nothing new.
    Inactive,
}

words!(PartnerStatus { Active = "active", Inactive = "inactive" });

impl PartnerStatus {
    /// The word on its tag.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Inactive => "Inactive",
        }
    }
}
