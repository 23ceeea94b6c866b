//! How far a request is.

use crate::words::words;

/// The states of a request. Both sides may say more while it is not their turn; only the board says that it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestState {
    /// The board asked: it is the partner's turn.
    Open,
    /// The partner answered: it is the board's turn.
    Answered,
    /// The board has what it asked for. Nothing more is said.
    Resolved,
}

words!(RequestState { Open = "open", Answered = "answered", Resolved = "resolved" });

/// The board has resolved it, and nothing more is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is resolved")]
pub struct IsResolved;

impl RequestState {
    /// The word on its tag.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Answered => "Answered",
            Self::Resolved => "Resolved",
        }
    }

    /// The partner says something, or submits another revision.
    pub const fn answer(self) -> Result<Self, IsResolved> {
        match self {
            Self::Open | Self::Answered => Ok(Self::Answered),
            Self::Resolved => Err(IsResolved),
        }
    }

    /// The board says something.
    pub const fn reply(self) -> Result<Self, IsResolved> {
        match self {
            Self::Open | Self::Answered => Ok(Self::Open),
            Self::Resolved => Err(IsResolved),
        }
    }

    /// The board has what it asked for, answered or not.
    pub const fn resolve(self) -> Result<Self, IsResolved> {
        match self {
            Self::Open | Self::Answered => Ok(Self::Resolved),
            Self::Resolved => Err(IsResolved),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_goes_to_and_fro_until_the_board_resolves_it() {
        use RequestState::{Answered, Open, Resolved};
        assert_eq!((Open.answer(), Answered.answer()), (Ok(Answered), Ok(Answered)));
        assert_eq!((Open.reply(), Answered.reply()), (Ok(Open), Ok(Open)));
        assert_eq!((Open.resolve(), Answered.resolve()), (Ok(Resolved), Ok(Resolved)));
        assert_eq!([Resolved.answer(), Resolved.reply(), Resolved.resolve()], [Err(IsResolved); 3]);
    }
}
