//! What a permission lets a partner do.

use crate::{partner::Tier, words::words};

/// The types of permission (`PartnerIntegrationSpec` §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Reads fields.
    Read,
    /// Changes something.
    Write,
    /// Starts a workflow of the OS.
    Workflow,
    /// Asks what the OS concludes: tier 3 only.
    Intelligence,
}

words!(Kind { Read = "read", Write = "write", Workflow = "workflow", Intelligence = "intelligence" });

impl Kind {
    /// The word on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Write => "Write",
            Self::Workflow => "Workflow",
            Self::Intelligence => "Intelligence",
        }
    }

    /// The lowest tier that can ask for it at all (`PartnerIntegrationSpec` §3, §6; of writes `EcoPartnerSpec`).
    #[must_use]
    pub const fn lowest_tier(self) -> Tier {
        match self {
            Self::Read => Tier::One,
            Self::Write | Self::Workflow => Tier::Two,
            Self::Intelligence => Tier::Three,
        }
    }
}
