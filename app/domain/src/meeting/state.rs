//! How far a meeting is.

use crate::words::words;

crate::id::id! {
    /// A meeting of a board.
    MeetingId
}

/// How far a meeting is: `planned → held → closed`, or `cancelled`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeetingState {
    /// It is to come, and its agenda grows.
    Planned,
    /// It took place: its agenda stands, and its minutes are written.
    Held,
    /// Its chair approved the minutes. Nothing in them changes any more.
    Closed,
    /// It does not take place.
    Cancelled,
}

words!(MeetingState { Planned = "planned", Held = "held", Closed = "closed", Cancelled = "cancelled" });

impl MeetingState {
    /// The words on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Held => "Held, minutes open",
            Self::Closed => "Held, minutes approved",
            Self::Cancelled => "Cancelled",
        }
    }

    /// Why it is not in another state, in a sentence without a full stop.
    #[must_use]
    pub const fn told(self) -> &'static str {
        match self {
            Self::Planned => "The meeting has not been held yet",
            Self::Held => "The meeting has been held",
            Self::Closed => "The minutes are approved: nothing in them changes any more",
            Self::Cancelled => "The meeting was cancelled",
        }
    }

    /// Whether it has an agenda and minutes that stand.
    #[must_use]
    pub const fn was_held(self) -> bool {
        matches!(self, Self::Held | Self::Closed)
    }

    /// The same where it is that state; otherwise why not.
    pub fn require(self, state: Self) -> Result<(), &'static str> {
        if self == state { Ok(()) } else { Err(self.told()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_reads_back_and_says_why_it_is_no_other() {
        for state in MeetingState::ALL {
            assert_eq!(MeetingState::from_word(state.as_str()), Some(*state));
            assert_eq!(state.require(*state), Ok(()));
            for other in MeetingState::ALL.iter().filter(|other| *other != state) {
                assert_eq!(state.require(*other), Err(state.told()));
            }
        }
    }
}
