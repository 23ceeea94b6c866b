//! The boards: who sits on them, by what rules they decide, and what is proposed to change of either.

mod ad_hoc;
mod proposal;
mod roster;
mod rule;
mod seat;

pub use ad_hoc::{AdHocRow, insert_ad_hoc, list_ad_hoc};
pub use proposal::{
    ProposalData, ProposalRow, decide as decide_proposal, insert as insert_proposal,
    list_closed as list_closed_proposals, list_open as list_open_proposals, lookup as lookup_proposal,
};
pub use roster::{BoardRow, MemberRow, list, lock_all, next_term_change, roster};
pub use rule::{Made, VersionRow, hold_rules, insert_version, list_versions, lock_rules, lookup_rules, newest_version};
pub use seat::{end_term, insert_seat, list_terms};
