//! What a member says of a case.

use crate::{Violation, review::Rung, words::words};

/// A position on what is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// It may be granted.
    Approve,
    /// It may not, for the reason given. It blocks the board until it is withdrawn.
    Object,
    /// Takes part and approves nothing.
    Abstain,
    /// How the integration is to go on, where it is reviewed.
    Recommend(Rung),
}

words!(Stance { Approve = "approve", Object = "object", Abstain = "abstain" } or Recommend(Rung));

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
            Self::Approval => &[Stance::Approve, Stance::Object, Stance::Abstain],
            Self::Ladder => &[
                Stance::Recommend(Rung::Continue),
                Stance::Recommend(Rung::Conditions),
                Stance::Recommend(Rung::Reduce),
                Stance::Recommend(Rung::Maintenance),
                Stance::Recommend(Rung::Suspend),
                Stance::Abstain,
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
            Self::Object => "Object",
            Self::Abstain => "Abstain",
            Self::Recommend(rung) => rung.label(),
        }
    }

    /// What somebody did who took it: “Daniel Okafor approved”.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Object => "objected",
            Self::Abstain => "abstained",
            Self::Recommend(rung) => rung.verb(),
        }
    }

    /// The rung that it recommends, if it recommends one.
    #[must_use]
    pub const fn rung(self) -> Option<Rung> {
        match self {
            Self::Recommend(rung) => Some(rung),
            Self::Approve | Self::Object | Self::Abstain => None,
        }
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
            Self::Approve | Self::Abstain | Self::Recommend(Rung::Continue) => None,
        }
    }
}
