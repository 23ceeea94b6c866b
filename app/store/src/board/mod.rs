//! The boards: who sits on them, what members are to partners, who is away and who acts for them, and what a forecast of
//! their quorum needs.

mod conflict;
mod delegation;
mod forecast;
mod leave;
mod roster;

pub use conflict::{
    ConflictData, ConflictRow, RelatedRow, confirm, count_of_person as count_conflicts, end as end_conflict,
    insert as insert_conflict, last_confirmed, list_conflicts_by, list_conflicts_of,
    list_of_board as list_conflicts_of_board, list_of_person as list_conflicts_of_person,
    list_with as list_conflicts_with, lookup as lookup_conflict,
};
pub use delegation::{
    ActingRow, DelegationData, DelegationRow, end as end_delegation, insert as insert_delegation, list_delegations_at,
    list_of_board as list_delegations_of_board, list_of_person as list_delegations_of_person,
    lookup as lookup_delegation,
};
pub use forecast::{OpenBallotRow, list_open, list_spoken, lookup_open};
pub use leave::{
    AbsentRow, LeaveRow, end as end_leave, insert as insert_leave, list_absent_at,
    list_of_board as list_leave_of_board, list_of_person as list_leave_of_person,
};
pub use roster::{
    BoardRow, ColleagueRow, MemberRow, SeatRow, list, list_colleagues, list_past_seats, list_seats, lock, next_change,
    roster,
};

#[cfg(test)]
mod testing;
