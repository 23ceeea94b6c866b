//! What a partner declares: the whole set of permissions that an integration wants, each with its justification
//! (`PartnerIntegrationSpec` §6, §7, §8).

mod answer;
mod change;
mod permission;

pub use answer::{Answer, Retention};
pub use change::{Change, change};
pub use permission::{DeclaredPermission, Question};

crate::id::id! {
    /// A revision of a declaration.
    DeclarationId
}

crate::id::id! {
    /// A permission within a declaration.
    DeclaredPermissionId
}
