//! What the boards decide on: one case at a time, named by its reference.

mod kind;
mod reference;
mod route;
mod state;

pub use kind::CaseKind;
pub use reference::CaseRef;
pub use route::{Route, RouteKey, Routed, routed};
pub use state::CaseState;

crate::id::id! {
    /// A case.
    CaseId
}
