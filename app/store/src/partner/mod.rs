//! The partners, and whom to reach there.

mod contact;
mod register;

pub use contact::{list_contacts, replace_contacts};
pub use register::{PartnerData, PartnerRow, count, insert, list, lookup, lookup_by_slug, lookup_for_update, update};
