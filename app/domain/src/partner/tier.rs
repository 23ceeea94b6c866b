//! How much a partner may ask for.

use serde::{Deserialize, Serialize};

use crate::Violation;

/// A partner's tier (`EcoPartnerSpec`). The specification opens reads from tier 1, workflow triggers from tier 2 and
/// intelligence at tier 3 (`PartnerIntegrationSpec` §3, §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub enum Tier {
    /// Reads only.
    One,
    /// Workflow triggers and limited writes.
    Two,
    /// Intelligence and predictive workflows, under full review.
    Three,
}

impl Tier {
    /// All of them, the lowest first.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Three];

    /// 1, 2 or 3.
    pub const fn number(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }

    /// What the tier is for, in a word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::One => "read-only",
            Self::Two => "workflow",
            Self::Three => "intelligence",
        }
    }

    /// Reads the number that a form holds.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        text.parse::<i64>()
            .ok()
            .and_then(|number| Self::try_from(number).ok())
            .ok_or_else(|| Violation::new("tier", "missing", "Choose a tier"))
    }
}

impl TryFrom<i64> for Tier {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, String> {
        Self::ALL.into_iter().find(|tier| tier.number() == number).ok_or_else(|| format!("there is no tier {number}"))
    }
}

impl From<Tier> for i64 {
    fn from(tier: Tier) -> Self {
        tier.number()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_reads_back_as_itself_and_nothing_else_is_one() {
        for tier in Tier::ALL {
            assert_eq!(Tier::parse(&tier.number().to_string()), Ok(tier));
        }
        for text in ["", "0", "4", "-1", "one", "1.0"] {
            assert!(Tier::parse(text).is_err(), "{text:?}");
        }
    }
}
