//! Ballots and the positions on them.

mod binding;
mod board;
mod concern;
mod condition;
mod diligence;
mod docket;
mod position;
mod reading;

pub use binding::{
    BindingRow, ConditionStepData, ConditionStepRow, bind as bind_conditions, list_of_case as list_bindings,
    list_steps as list_condition_steps, list_to_escalate, postpone as postpone_conditions,
    reschedule as reschedule_conditions, set_overdue as set_condition_overdue,
    set_suspended as set_condition_suspended, take_step as take_condition_step,
};
#[cfg(test)]
pub(crate) use board::tests::a_ballot;
pub use board::{
    BallotData, BallotRow, close, close_of_case, insert, list_of_case, list_of_cases, list_to_settle, look_again,
    postpone, reopen, reschedule,
};
pub use concern::{
    ConcernData, ConcernEntryRow, ConcernRow, OverrulingRow, close as close_concern, insert as insert_concern,
    insert_entry as insert_concern_entry, list_entries as list_concern_entries, list_of_cases as list_concerns,
    list_overrulings, overrule as insert_overruling,
};
pub use diligence::{Figures, FiguresRow, list as list_figures};
pub use docket::{DocketFilter, DocketPlace, DocketRow, Waits, count_of_member, list_of_member};
pub use position::{MinutedRow, PositionData, PositionRow, insert as insert_position, list_of_cases as list_positions};
pub use reading::{Considered, ReadingRow, consider, lookup as lookup_reading, open as open_reading, open_evidence};
