//! How much can be granted at most, by tier.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::partner::Tier;

/// The limits of grants. A permission is of the lowest tier that may ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// How many months a grant lasts at most: of a permission of tier 1, of tier 2, of tier 3.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<u32>))]
    pub longest_grant_months: [u32; 3],
}

impl Limits {
    /// The months that a grant can be limited to: it is temporary (`PartnerIntegrationSpec` §7), and no grant is older than the
    /// annual review.
    pub const MONTHS: RangeInclusive<u32> = 1..=12;

    /// How many months a grant of a permission of that tier lasts at most.
    #[must_use]
    pub const fn months(&self, tier: Tier) -> u32 {
        match tier {
            Tier::One => self.longest_grant_months[0],
            Tier::Two => self.longest_grant_months[1],
            Tier::Three => self.longest_grant_months[2],
        }
    }
}

/// Six months, and twelve for what tier 1 may ask for: reads alone.
impl Default for Limits {
    fn default() -> Self {
        Self { longest_grant_months: [12, 6, 6] }
    }
}
