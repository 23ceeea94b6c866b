//! The organisations that integrate with KWANUS OS.

mod contact;
mod name;
mod slug;
mod status;
mod tier;

pub use contact::{Contact, ContactKind};
pub use name::PartnerName;
pub use slug::Slug;
pub use status::PartnerStatus;
pub use tier::Tier;

crate::id::id! {
    /// A partner.
    PartnerId
}
