//! The log of everything that happens.

mod event;

pub use event::{Actor, EventKind, Subject};

crate::id::id! {
    /// An audit event.
    AuditEventId
}
