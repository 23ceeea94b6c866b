//! A proposal, and who may say what becomes of it.

use crate::words::words;

/// How far a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProposalState {
    /// It waits for a second administrator.
    Open,
    /// It made a version of the catalogue.
    Approved,
    /// Another administrator said no.
    Declined,
    /// Its author took it back.
    Withdrawn,
}

words!(ProposalState { Open = "open", Approved = "approved", Declined = "declined", Withdrawn = "withdrawn" });

/// What an administrator says of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ruling {
    /// The catalogue is changed.
    Approve,
    /// It stays as it is.
    Decline,
    /// The author takes it back.
    Withdraw,
}

words!(Ruling { Approve = "approve", Decline = "decline", Withdraw = "withdraw" });

/// Why a ruling does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something became of it already.
    #[error("It was {} meanwhile", .0.as_str())]
    Over(ProposalState),
    /// Its author approved or declined it.
    #[error("Nobody decides on their own proposal: another administrator does")]
    Own,
    /// Somebody else withdrew it.
    #[error("Only its author can withdraw a proposal")]
    NotOwn,
}

impl ProposalState {
    /// The word on its tag.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Approved => "Approved",
            Self::Declined => "Declined",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// What becomes of a proposal by the ruling of its author, or of another administrator.
    pub const fn rule(self, ruling: Ruling, is_author: bool) -> Result<Self, Refusal> {
        match (self, ruling, is_author) {
            (Self::Open, Ruling::Approve, false) => Ok(Self::Approved),
            (Self::Open, Ruling::Decline, false) => Ok(Self::Declined),
            (Self::Open, Ruling::Withdraw, true) => Ok(Self::Withdrawn),
            (_, Ruling::Withdraw, false) => Err(Refusal::NotOwn),
            (_, Ruling::Approve | Ruling::Decline, true) => Err(Refusal::Own),
            (over, ..) => Err(Refusal::Over(over)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_administrator_decides_and_the_author_withdraws_once() {
        use ProposalState::{Approved, Declined, Open, Withdrawn};
        assert_eq!(Open.rule(Ruling::Approve, false), Ok(Approved));
        assert_eq!(Open.rule(Ruling::Decline, false), Ok(Declined));
        assert_eq!(Open.rule(Ruling::Withdraw, true), Ok(Withdrawn));
        for state in ProposalState::ALL {
            assert_eq!(state.rule(Ruling::Approve, true), Err(Refusal::Own));
            assert_eq!(state.rule(Ruling::Decline, true), Err(Refusal::Own));
            assert_eq!(state.rule(Ruling::Withdraw, false), Err(Refusal::NotOwn));
            if *state != Open {
                assert_eq!(state.rule(Ruling::Approve, false), Err(Refusal::Over(*state)));
                assert_eq!(state.rule(Ruling::Withdraw, true), Err(Refusal::Over(*state)));
            }
        }
    }
}
