//! What a member says of a case.

use crate::{Violation, review::Rung, words::words};

/// A position on what is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// It may be granted.
    Approve,
    /// It may, if conditions are met that are named with it. It counts as an approval, and they bind the decision.
    ApproveWithConditions,
    /// It may not, for the concerns that are named with it. It holds the board while one of them is open.
    Object,
    /// Takes part and approves nothing.
    Abstain,
    /// Takes no part: leaves the denominator, and the discussion with it.
    Recuse,
    /// How the integration is to go on, where it is reviewed.
    Recommend(Rung),
}

words!(Stance {
    Approve = "approve",
    ApproveWithConditions = "approve_with_conditions",
    Object = "object",
    Abstain = "abstain",
    Recuse = "recuse",
} or Recommend(Rung));

/// What a ballot asks of its members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// Whether what is proposed may be.
    #[default]
    Approval,
    /// How an integration that is reviewed goes on.
    Ladder,
}

words!(Ask { Approval = "approval", Ladder = "ladder" });

impl Ask {
    /// What may be answered, in the order of the form.
    #[must_use]
    pub const fn stances(self) -> &'static [Stance] {
        match self {
            Self::Approval => {
                &[Stance::Approve, Stance::ApproveWithConditions, Stance::Object, Stance::Abstain, Stance::Recuse]
            }
            Self::Ladder => &[
                Stance::Recommend(Rung::Continue),
                Stance::Recommend(Rung::Conditions),
                Stance::Recommend(Rung::Reduce),
                Stance::Recommend(Rung::Maintenance),
                Stance::Recommend(Rung::Suspend),
                Stance::Abstain,
                Stance::Recuse,
            ],
        }
    }

    /// Reads what a form holds.
    pub fn read(self, text: &str) -> Result<Stance, Violation> {
        let stance = Stance::from_word(text).filter(|stance| self.stances().contains(stance));
        stance.ok_or_else(|| Violation::new("position", "missing", "Choose a position"))
    }
}

impl Stance {
    /// The word on the form.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::ApproveWithConditions => "Approve with conditions",
            Self::Object => "Object",
            Self::Abstain => "Abstain",
            Self::Recuse => "Recuse",
            Self::Recommend(rung) => rung.label(),
        }
    }

    /// What somebody did who took it: “Daniel Okafor approved”.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::ApproveWithConditions => "approved with conditions",
            Self::Object => "objected",
            Self::Abstain => "abstained",
            Self::Recuse => "recused",
            Self::Recommend(rung) => rung.verb(),
        }
    }

    /// The rung that it recommends, if it recommends one.
    #[must_use]
    pub const fn rung(self) -> Option<Rung> {
        match self {
            Self::Recommend(rung) => Some(rung),
            Self::Approve | Self::ApproveWithConditions | Self::Object | Self::Abstain | Self::Recuse => None,
        }
    }

    /// Whether it counts as an approval.
    #[must_use]
    pub const fn is_approval(self) -> bool {
        matches!(self, Self::Approve | Self::ApproveWithConditions)
    }

    /// Whether it speaks of the revision that was read, and is stale once another is before the boards. Who recused did so of
    /// the case.
    #[must_use]
    pub const fn binds_to_revision(self) -> bool {
        !matches!(self, Self::Recuse)
    }

    /// Why it needs a reason, if it does.
    #[must_use]
    pub const fn reason_wanted(self) -> Option<&'static str> {
        match self {
            Self::Object => Some("Say what you object to, and what would let you withdraw it"),
            Self::Recommend(Rung::Conditions) => Some("Name the conditions, and by when they are to be met"),
            Self::Recommend(Rung::Reduce | Rung::Maintenance | Rung::Suspend) => {
                Some("Say what you found: the partner reads it")
            }
            Self::Recuse => Some("Say why you take no part: the boards read it"),
            Self::Approve | Self::ApproveWithConditions | Self::Abstain | Self::Recommend(Rung::Continue) => None,
        }
    }
}
