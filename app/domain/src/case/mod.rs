//! What the boards decide on: one case at a time, named by its reference.

mod kind;
mod pace;
mod reference;
mod route;
mod state;

pub use kind::CaseKind;
pub use pace::{days_between, likely_by, median};
pub use reference::CaseRef;
pub use route::{Route, RouteKey, Routed, appealed_to, routed};
pub use state::CaseState;

crate::id::id! {
    /// A case.
    CaseId
}
