//! The boards: who sits on them, by what rules they decide, what is proposed to change of either, what members are to partners,
//! who is away and who acts for them, and what a forecast of their quorum needs.

mod ad_hoc;
mod conflict;
mod delegation;
mod forecast;
mod leave;
mod proposal;
mod roster;
mod rule;
mod seat;
#[cfg(test)]
pub(crate) mod testing;

pub use ad_hoc::{AdHocRow, insert_ad_hoc, list_ad_hoc};
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
pub use proposal::{
    ProposalData, ProposalRow, decide as decide_proposal, insert as insert_proposal,
    list_closed as list_closed_proposals, list_open as list_open_proposals, lookup as lookup_proposal,
};
pub use roster::{
    BoardRow, ColleagueRow, MemberRow, SeatRow, list, list_colleagues, list_past_seats, list_seats, lock, lock_all,
    next_change, roster,
};
pub use rule::{Made, VersionRow, hold_rules, insert_version, list_versions, lock_rules, lookup_rules, newest_version};
pub use seat::{end_term, insert_seat, list_terms};
