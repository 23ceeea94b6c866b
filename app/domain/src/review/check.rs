//! What a review looks at.

use super::CampaignKey;
use crate::board::BoardKey;

/// Something that a review looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which board looks first.
    pub board: &'static str,
    /// What it looks at.
    pub text: &'static str,
}

impl Check {
    /// Whether that board looks at it first.
    #[must_use]
    pub fn is_of(&self, board: &BoardKey) -> bool {
        self.board == board.as_str()
    }
}

/// The checks of a quarter (`PartnerAuditSpec`).
const QUARTERLY: [Check; 10] = [
    Check { board: "tsc", text: "Interfaces are used as their contracts say, and none that is deprecated" },
    Check { board: "tsc", text: "Reliability, and the rate of errors" },
    Check { board: "sco", text: "Least privilege is kept: nothing is granted that is not used" },
    Check { board: "sco", text: "What is used matches its justification; nothing has drifted" },
    Check { board: "sco", text: "Retention is kept, and deletion is proven by its log" },
    Check { board: "sco", text: "Audit logs are complete, and hold no personal data" },
    Check { board: "erc", text: "Workflows are idempotent and can be reversed" },
    Check { board: "erc", text: "Extensions keep to their sandbox" },
    Check { board: "cgb", text: "The partner is in good standing" },
    Check { board: "cgb", text: "Compliance is aligned between the boards" },
];

/// What a year adds.
const ANNUAL: [Check; 3] = [
    Check { board: "sco", text: "The whole of the compliance rules, not a sample" },
    Check { board: "tsc", text: "The whole integration, against what was declared" },
    Check { board: "cgb", text: "The integration still serves the people it was granted for" },
];

/// What the reviews of a campaign look at.
#[must_use]
pub fn checks(campaign: CampaignKey) -> Vec<Check> {
    let more: &[Check] = if campaign.quarter().is_none() { &ANNUAL } else { &[] };
    QUARTERLY.iter().chain(more).copied().collect()
}
