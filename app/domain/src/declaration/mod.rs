//! What a partner declares: the whole set of permissions that an integration wants, each with its justification
//! (`PartnerIntegrationSpec` §6, §7, §8).

mod answer;
mod change;
mod difference;
mod part;
mod percent;
mod permission;
mod prompt;
mod whole;
mod wording;

pub use answer::{Answer, Retention};
pub use change::{Change, change};
pub use difference::{
    Attached, EVIDENCE_LABEL, FIELDS_LABEL, How, PartDifference, REASON_LABEL, RETENTION_LABEL, RowDifference,
    UNTIL_LABEL, difference, difference_with,
};
pub use part::{Part, PartKind};
pub use percent::Percent;
pub use permission::{DeclaredPermission, Question};
pub use prompt::{Choice, Control, EVIDENCE_NOTE, Examples, Prompt, REASON, RETENTION};
pub use whole::{
    Api, Compliance, Component, ComponentKind, Declaration, Endpoint, Extension, Identity, Override, Rate, Reliability,
    Storage, Workflow, WorkflowKind,
};
pub use wording::{Mark, Run};

crate::id::id! {
    /// A revision of a declaration.
    DeclarationId
}

crate::id::id! {
    /// A permission within a declaration.
    DeclaredPermissionId
}
