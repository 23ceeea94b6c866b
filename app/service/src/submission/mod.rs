//! A partner's side of a permission justification: a draft, written over days, checked at each step, and submitted.

mod add_permission;
mod base;
mod compare;
mod count;
mod delete;
mod draft;
mod list;
mod lookup;
mod manifest;
mod receipt;
mod remove_permission;
mod revise;
mod save_part;
mod save_permission;
mod send;
mod start;
mod submit;
mod turn;
mod withdraw;
mod would_differ;

pub use add_permission::add_permission;
pub use base::Base;
pub use compare::compare;
pub use count::{Unfinished, count};
pub use delete::delete;
pub use draft::require_draft;
pub use list::{ListedSubmission, Review, list};
pub use lookup::{BoardState, Submission, SubmittedPermission, lookup};
pub use manifest::{export, import};
pub use receipt::{Receipt, receipt};
pub use remove_permission::remove_permission;
pub use revise::revise;
pub use save_part::{keep_part, mark, remove_part, save_part};
pub use save_permission::{PermissionInput, keep_permission, save_permission};
pub use send::{SendManifest, send};
pub use start::start;
pub use submit::submit;
pub use turn::Turn;
pub use withdraw::withdraw;
pub use would_differ::{DifferingPart, WouldDiffer};

#[cfg(test)]
pub(crate) use draft::has_run_out;
pub(crate) use draft::{Draft, catalogue, context, find as find_draft, granted, own_partner, taken_out};
pub(crate) use lookup::{Evaluated, evaluated};
pub(crate) use manifest::told;
pub(crate) use submit::hand_over;
pub(crate) use would_differ::{catalogue_then, would_differ};
