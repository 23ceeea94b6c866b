//! What the boards have granted. What is not granted is not permitted.

mod effect;
mod term;

pub use effect::{Effect, Rests, effect};
pub use term::{RENEWAL_DAYS, WARNING_DAYS, days_left, last_day, renewal_opens_on};

use crate::words::words;

crate::id::id! {
    /// A grant.
    GrantId
}

/// Why a grant ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndCause {
    /// A later decision stands in its place.
    Superseded,
    /// A review took it back.
    Reduced,
    /// Its integration came to the end of support.
    EndOfSupport,
}

words!(EndCause { Superseded = "superseded", Reduced = "reduced", EndOfSupport = "end_of_support" });

impl EndCause {
    /// The words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Superseded => "Superseded",
            Self::Reduced => "Revoked by a review",
            Self::EndOfSupport => "Revoked at End of Support",
        }
    }
}
