//! What partners declare: revisions, their permissions, and what the rules found as they were submitted.

mod asked;
mod part;
mod permission;
mod revision;
mod risk;

#[cfg(test)]
pub(crate) use revision::tests::a_declaration;

pub use asked::list_asked;
pub use part::{copy, insert_part_findings, list_part_findings, lookup_parts, lookup_whole, update_parts};
pub use permission::{
    StoredPermission, add_permission, delete_permission, forget_compliance_notes, insert_findings, list_findings,
    list_permissions, update_permission,
};
pub use revision::{
    DeclarationRow, OpenRow, SubmittedRow, delete_draft, insert, list_asking, list_of_case, list_open, list_submitted,
    lookup_carried, lookup_newest, lookup_number, lookup_of_permission, lookup_submitted, submit, touch,
};
pub(crate) use risk::append_worst;
pub use risk::count_findings;
