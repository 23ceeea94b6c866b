//! Whose positions the secretary of a meeting may record.

use super::MeetingState;

/// What is asked before a position is recorded on behalf of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Recording {
    /// How far the meeting is.
    pub state: MeetingState,
    /// Whether who records it is the meeting's secretary.
    pub is_secretary: bool,
    /// Whether the member was marked present.
    pub is_present: bool,
    /// Whether the member is who records it.
    pub is_own: bool,
    /// Whether who records it acts for the member as their deputy.
    pub is_deputy: bool,
    /// Whether the member takes no part in the case: a conflict, their own proposal, or their own word.
    pub is_recused: bool,
}

/// Whether it may be recorded; otherwise why not, in a sentence without a full stop. What the ballot itself has to say comes
/// besides.
pub const fn may_record(asked: &Recording) -> Result<(), &'static str> {
    match asked.state {
        MeetingState::Held => {}
        state => return Err(state.told()),
    }
    if !asked.is_secretary {
        Err("Only the secretary of the meeting records positions at it")
    } else if asked.is_own {
        Err("Take your own position on the page of the case")
    } else if asked.is_deputy {
        Err("You act for this member: take the position on the page of the case, where it names you both")
    } else if !asked.is_present {
        Err("Positions are recorded only for members who were present")
    } else if asked.is_recused {
        Err("This member takes no part in the case")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secretary_of_a_held_meeting_records_and_only_for_others_who_are_present_and_take_part() {
        let sound = Recording {
            state: MeetingState::Held,
            is_secretary: true,
            is_present: true,
            is_own: false,
            is_deputy: false,
            is_recused: false,
        };
        assert_eq!(may_record(&sound), Ok(()));
        let wrong = [
            Recording { state: MeetingState::Planned, ..sound },
            Recording { state: MeetingState::Closed, ..sound },
            Recording { state: MeetingState::Cancelled, ..sound },
            Recording { is_secretary: false, ..sound },
            Recording { is_present: false, ..sound },
            Recording { is_own: true, ..sound },
            Recording { is_deputy: true, ..sound },
            Recording { is_recused: true, ..sound },
        ];
        for asked in wrong {
            assert!(may_record(&asked).is_err(), "{asked:?}");
        }
    }
}
