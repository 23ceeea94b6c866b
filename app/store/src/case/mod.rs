//! Cases: the register, the routes that send them to boards, and what was decided.

mod decision;
mod list;
mod reference;
mod register;
mod route;

pub use decision::{DecisionRow, insert_decision, list_decisions, list_decisions_of_integration, lookup_decision};
pub(crate) use list::anywhere;
pub use list::{CaseFilter, ListedCaseRow, Place, list};
pub(crate) use reference::ReferenceRow;
pub use register::{
    CaseRow, UnfinishedRow, count_unfinished, decide, decide_appealed, delete_draft, insert, list_objected,
    list_of_partner, list_open_suspensions, list_partners, list_revoking, list_unfinished, lookup, lookup_by_id,
    lookup_for_update, lookup_open_transition, lookup_unfinished, submit, withdraw,
};
pub use route::list_routes;
